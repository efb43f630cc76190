/** The library ships no types. What we use of it is wrapped in `questions.js`, `theme.js` and the editors. */
declare const Jedison: any;
export default Jedison;
