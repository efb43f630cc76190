/** Reads a library as JSON from standard input, and writes manifest and pieces as JSON. `casebook.assets` runs it. */
import { readFileSync, writeSync } from "node:fs";
import { cut } from "./pieces.js";

const answer = Buffer.from(JSON.stringify(cut(JSON.parse(readFileSync(0, "utf8")))));
for (let at = 0; at < answer.length;) at += writeSync(1, answer, at);
