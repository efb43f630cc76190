/** Rules about links to other items, from the front matter and from the body. */
import { finding } from "../finding.js";
import { nearest } from "../near.js";
import { strings } from "../subject.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 * @typedef {import("../finding.js").Steps} Steps
 * @typedef {{steps: Steps, target: string, kind: string}} Link `kind` is empty where any will do
 */

const OUTSIDE = ["https://", "http://", "mailto:"];
const IMAGES = [".png", ".jpg", ".jpeg", ".webp"];

/** @param {string} heading @returns {string} fragment of the address of a section */
export const anchor = (heading) => heading.toLowerCase().replaceAll(" ", "-");

/** @param {Subject} subject @returns {Link[]} */
function links(subject) {
  const listed = [
    ["related", "id", ""],
    ["counter_cases", "id", "case-study"],
    ["grown_from", "id", "case-study"],
    ["steps", "item", ""],
  ].flatMap(([field, key, kind]) =>
    subject
      .entries(field)
      .filter(([, entry]) => typeof entry[key] === "string")
      .map(([index, entry]) => ({ steps: [field, index, key], target: entry[key], kind })),
  );
  const practices = ["lessons", "injects", "evaluation"].flatMap((field) =>
    subject.entries(field).flatMap(([index, entry]) =>
      strings(entry.practices).map(([position, target]) => ({
        steps: [field, index, "practices", position],
        target,
        kind: "best-practice",
      })),
    ),
  );
  const { superseded_by: target } = subject.data;
  const last = typeof target === "string" ? [{ steps: ["superseded_by"], target, kind: "" }] : [];
  return [...listed, ...practices, ...last];
}

/** @param {Subject} subject @returns {{steps: Steps, target: string, lesson: string}[]} each link to a lesson of a case */
function lessonLinks(subject) {
  return ["injects", "evaluation"].flatMap((field) =>
    subject.entries(field).flatMap(([index, { lessons }]) =>
      strings(lessons).flatMap(([position, name]) => {
        const [target, ...rest] = name.split("#");
        const lesson = rest.join("#");
        return target && lesson ? [{ steps: [field, index, "lessons", position], target, lesson }] : [];
      }),
    ),
  );
}

/** @param {Subject} subject @returns {Finding[]} */
export function danglingLesson(subject) {
  const { document, corpus, facts } = subject;
  return lessonLinks(subject).flatMap(({ steps, target, lesson }) => {
    const found = subject.holder(target);
    const say = (/** @type {string} */ message, /** @type {string} */ hint) => [
      finding("dangling-lesson", document.at(steps), message, hint),
    ];
    if (!found) {
      const known = [...corpus].filter(([, { kind }]) => kind === "case-study").map(([name]) => name);
      return say(`there is no case study \`${target}\``, nearest(target, known));
    }
    if (found.kind !== "case-study") {
      return say(`\`${target}\` is ${facts.kinds[found.kind].noun}, and lessons belong to case studies`, "");
    }
    if (found.lessons.includes(lesson)) return [];
    return say(`\`${found.id}\` has no lesson \`${lesson}\``, nearest(lesson, found.lessons));
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function danglingItem(subject) {
  const { document, corpus, facts } = subject;
  return links(subject).flatMap(({ steps, target, kind }) => {
    const found = subject.holder(target);
    const wanted = kind ? facts.kinds[kind].label.toLowerCase() : "item";
    const say = (/** @type {string} */ message, /** @type {string} */ hint) => [
      finding("dangling-item", document.at(steps), message, hint),
    ];
    if (!found) {
      const known = [...corpus].filter(([, one]) => !kind || one.kind === kind).map(([name]) => name);
      return say(`there is no ${wanted} \`${target}\``, nearest(target, known));
    }
    if (kind && kind !== found.kind) {
      return say(`\`${target}\` is ${facts.kinds[found.kind].noun}, and ${facts.kinds[kind].noun} is needed here`, "");
    }
    return found.path === document.path ? say("an item does not name itself here", "delete the entry") : [];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function unpublishedTarget(subject) {
  const { document } = subject;
  if (document.status !== "published") return [];
  const fields = [...links(subject), ...lessonLinks(subject)].map(({ steps, target }) => ({
    place: document.at(steps),
    target,
  }));
  const inBody = document.pieces.flatMap(({ what, text, line, column }) => {
    const [path] = text.split("#", 1);
    if (what !== "link_open" || !path.endsWith(".md") || path.includes("://")) return [];
    return [{ place: document.atBody(line, column), target: stem(path) }];
  });
  return [...fields, ...inBody].flatMap(({ place, target }) => {
    const found = subject.holder(target);
    if (!found || found.status === "published") return [];
    const message = `\`${target}\` is not published: its status is ${found.status}`;
    return [finding("unpublished-target", place, message, "publish it first, or link to another item", "warning")];
  });
}

/** @param {string} path */
function stem(path) {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.md$/u, "");
}

/** @param {Subject} subject @returns {Finding[]} */
export function brokenLink(subject) {
  const { document } = subject;
  return document.pieces.flatMap(({ what, text, line, column }) => {
    const isLink = what === "link_open" && !OUTSIDE.some((start) => text.startsWith(start));
    const fault = isLink ? linkFault(text, subject) : what === "image" ? imageFault(text, subject) : undefined;
    return fault ? [finding("broken-link", document.atBody(line, column), fault[0], fault[1])] : [];
  });
}

/**
 * @param {string} address
 * @param {Subject} subject
 * @returns {[string, string] | undefined} message and hint
 */
function linkFault(address, subject) {
  const { document, byPath, corpus, facts } = subject;
  const at = address.indexOf("#");
  const path = at < 0 ? address : address.slice(0, at);
  const fragment = at < 0 ? "" : address.slice(at + 1);
  const target = path ? joined(document.path, path) : document.path;
  const former = target.endsWith(".md") ? subject.former.get(stem(target)) : undefined;
  const isThere = former && target.slice(0, target.lastIndexOf("/")) === `cases/${facts.kinds[former.kind].folder}`;
  const found = byPath.get(target) ?? (isThere ? former : undefined);
  if (!found) {
    const hint = nearest(stem(path), corpus.keys()) || "see the rule for the forms";
    return [`the link \`${address}\` leads to no item`, hint];
  }
  const anchors = [...found.lessons, ...facts.kinds[found.kind].sections.map(({ heading }) => anchor(heading))];
  if (!fragment || anchors.includes(fragment)) return undefined;
  return [`\`${found.id}\` has no part \`#${fragment}\``, nearest(fragment, anchors)];
}

/**
 * @param {string} from path of the item
 * @param {string} path as it is written in a link
 * @returns {string} path from the root of the repository
 */
function joined(from, path) {
  if (path.startsWith("/")) return path;
  /** @type {string[]} */
  const parts = [];
  for (const part of `${from.slice(0, from.lastIndexOf("/"))}/${path}`.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/**
 * @param {string} address
 * @param {Subject} subject
 * @returns {[string, string] | undefined}
 */
function imageFault(address, { document, byPath }) {
  const at = address.lastIndexOf("/");
  const [folder, name] = [address.slice(0, Math.max(at, 0)), address.slice(at + 1)];
  if (folder !== document.stem || !IMAGES.some((ending) => name.toLowerCase().endsWith(ending))) {
    const message = `the image \`${address}\` must be a ${IMAGES.join(", ")} file in the folder \`${document.stem}/\``;
    return [message, "move it there"];
  }
  const images = byPath.get(document.path)?.images ?? [];
  if (images.includes(name)) return undefined;
  return [`there is no image \`${address}\``, nearest(name, images) || "put the file there"];
}
