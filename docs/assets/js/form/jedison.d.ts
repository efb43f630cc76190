// The library ships no types. What we use of it is wrapped in theme.js and the editors.
declare module "jedison" {
  const Jedison: any;
  export default Jedison;
}
