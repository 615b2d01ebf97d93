#!/usr/bin/env node
// A photograph in a painting's style from Node.js, which has no binding that can call a libvips
// operation by its name: through a child process, from stream to stream.
//
//     stylise.mjs painting.jpg < photograph.jpg > result.png

import { spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";

/** Streams `photograph` through `vips adain` into `result`; rejects with the operation's sentence. */
export async function stylise(photograph, painting, result, ...options) {
  const vips = spawn("vips", ["adain", "stdin", painting, ".png", ...options]);
  let sentence = "";
  vips.stderr.setEncoding("utf8").on("data", (text) => (sentence += text));
  const ended = new Promise((resolve, reject) => {
    vips.on("error", reject);
    vips.on("close", (status) => (status === 0 ? resolve() : reject(new Error(sentence.trim()))));
  });
  // A child that has failed reads no more; `ended` has the reason.
  const fed = pipeline(photograph, vips.stdin).catch(() => {});
  await Promise.all([ended, fed, pipeline(vips.stdout, result, { end: false })]);
}

if (process.argv.length < 3) {
  console.error("usage: stylise.mjs PAINTING [options] < PHOTOGRAPH > RESULT");
  process.exit(2);
}
try {
  await stylise(process.stdin, process.argv[2], process.stdout, ...process.argv.slice(3));
} catch (error) {
  console.error(`stylise.mjs: ${error.message}`);
  process.exitCode = 1;
}
process.stdin.destroy();
