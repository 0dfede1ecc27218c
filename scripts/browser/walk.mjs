// Looks at pages in Chromium, and tells what is wrong with each as a line of JSON:
//   node walk.mjs STOPS.json
// A stop is { name, url, cookies, status, form, refused }: with a form, the page that
// answers it, and refused when that names mistakes.
// Each line is { stop, check, problems }; at the end comes { done: number of stops }.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { launch } from "./chromium.mjs";
import { install } from "./inpage.mjs";

const stops = JSON.parse(readFileSync(process.argv[2], "utf8"));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// What can differ between light and dark, and between wide and narrow: the structure of
// a page is the same in all.
const ofColour = ["color-contrast", "link-in-text-block"];
const ofPlace = [...ofColour, "target-size", "scrollable-region-focusable", "label", "link-name", "button-name", "aria-hidden-focus"];
const wide = { width: 1280, height: 900 }, narrow = { width: 320, height: 640 };

const tell = (stop, check, problems) => console.log(JSON.stringify({ stop: stop.name, check, problems }));

// listen notes what the browser complains of. That the page itself came with its own
// status is no complaint: a refused form is a 422.
function listen(page, stop, complaints) {
  const own = new URL(stop.url).origin;
  const listening = {
    console: (m) => {
      const isStatus = /^Failed to load resource: the server responded with a status of (\d+)/.exec(m.text());
      if (isStatus && Number(isStatus[1]) === stop.status && m.location().url === stop.url) return;
      if (m.type() === "error" || m.type() === "warning") complaints.push(`the console says: ${m.text()}`);
    },
    pageerror: (e) => complaints.push(`an error: ${e.message}`),
    // What the browser itself broke off, because the page went another way, did not fail.
    requestfailed: (r) => r.failure()?.errorText === "net::ERR_ABORTED" || complaints.push(`a request failed: ${r.url()} ${r.failure()?.errorText}`),
    request: (r) => new URL(r.url()).origin === own || complaints.push(`a request to somebody else: ${r.url()}`),
    response: (r) => r.url() === stop.url || r.status() < 400 || complaints.push(`${r.url()}: status ${r.status()}`),
  };
  for (const [event, listener] of Object.entries(listening)) page.on(event, listener);
  return listening;
}

async function open(page, stop) {
  if (stop.form !== undefined) {
    const headers = (request) => ({ ...request.headers(), "content-type": "application/x-www-form-urlencoded" });
    await page.route(stop.url, (route, request) => route.continue({ method: "POST", postData: stop.form, headers: headers(request) }), { times: 1 });
  }
  const response = await page.goto(stop.url);
  const problems = [];
  if (response.status() !== stop.status) problems.push(`status ${response.status()}, want ${stop.status}`);
  if (page.url() !== stop.url) problems.push(`it leads to ${page.url()}`);
  const policy = response.headers()["content-security-policy"] ?? "";
  if (!policy.includes("default-src 'none'") || policy.includes("script-src") || policy.includes("unsafe")) problems.push(`Content-Security-Policy: ${policy}`);
  await page.evaluate(install);
  return problems.concat(await page.evaluate(() => gehoor.unsound()));
}

async function axe(page, only) {
  const runOnly = only ? { type: "rule", values: only } : { type: "tag", values: levels };
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), { runOnly, resultTypes: ["violations"], preload: false, elementRef: false });
  return found.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")} ${n.failureSummary.replaceAll(/\s+/g, " ")} ${n.html.slice(0, 160)}`));
}

// tabs goes through the page with the keyboard. A date takes some presses more: day,
// month, year and the button of the calendar are stops of their own.
async function tabs(page) {
  const count = await page.evaluate(() => gehoor.watch());
  const most = count * 4 + 20;
  let now;
  for (let pressed = 0; pressed < most; ) {
    for (let i = 0; i < 12; i++, pressed++) await page.keyboard.press("Tab");
    now = await page.evaluate(() => gehoor.watched());
    if (now.missed.length === 0) break;
  }
  return now.problems.concat(now.missed);
}

// sheets says when the leaflet does not fit on one sheet of A4, which is 595 by 842 points.
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const all = [...pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)].map((box) => box[1].trim().split(/\s+/).map((n) => Math.round(n)).join(" "));
  return all.join() === "0 0 595 842" ? [] : [`it prints on ${all.length} sheets: ${all}`];
}

// inOtherWays looks at a page of 1280 pixels in the dark, in forced colours, with text
// twice as large, and on paper. The page that refuses a form is the same page with a
// summary on top: for it the rest is enough.
async function inOtherWays(page, stop) {
  await page.emulateMedia({ colorScheme: "dark" });
  tell(stop, "axe dark 1280", await axe(page, ofColour));
  tell(stop, "focus dark", await page.evaluate(() => gehoor.rings()));
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  tell(stop, "forced colours", await page.evaluate(() => gehoor.unreadable()));
  tell(stop, "focus forced colours", await page.evaluate(() => gehoor.rings()));
  await page.emulateMedia({ forcedColors: "none" });
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  tell(stop, "text at 200 %", await page.evaluate(() => gehoor.overflowing().concat(gehoor.overlapping())));
  await page.evaluate(() => document.documentElement.removeAttribute("style"));
  await page.emulateMedia({ media: "print" });
  tell(stop, "print", (await page.evaluate(() => document.querySelector("main").checkVisibility())) ? [] : ["nothing is printed"]);
  if (await page.locator(".gh-leaflet").count()) tell(stop, "one sheet", await sheets(page));
  await page.emulateMedia({ media: "screen" });
}

async function look(context, page, stop) {
  const complaints = [];
  let listening = {};
  try {
    await context.clearCookies();
    const { origin } = new URL(stop.url);
    await context.addCookies(Object.entries(stop.cookies).map(([name, value]) => ({ name, value, url: origin })));
    await page.setViewportSize(wide);
    await page.emulateMedia({ media: "screen", colorScheme: "light", forcedColors: "none" });
    listening = listen(page, stop, complaints);
    const bad = await open(page, stop);
    tell(stop, "page", bad);
    if (stop.refused) tell(stop, "summary", await page.evaluate(() => gehoor.summarised()));
    else tell(stop, "keyboard", await tabs(page));
    await page.evaluate(() => gehoor.openUp()); // from here on what is hidden at first is seen too
    await page.evaluate(axeSource + ";0"); // a result would be copied out of the page: all of axe
    tell(stop, "axe light 1280", await axe(page));
    if (!stop.refused) await inOtherWays(page, stop);
    await page.setViewportSize(narrow);
    tell(stop, "fits in 320", await page.evaluate(() => gehoor.overflowing().concat(gehoor.overlapping())));
    if (!stop.refused) tell(stop, "axe light 320", await axe(page, ofPlace));
    await page.emulateMedia({ colorScheme: "dark" });
    tell(stop, "axe dark 320", await axe(page, ofPlace));
    tell(stop, "console and network", complaints);
  } catch (e) {
    tell(stop, "look", [e.stack]);
  } finally {
    for (const [event, listener] of Object.entries(listening)) page.off(event, listener);
    await page.goto("about:blank"); // so that nothing of this page is still under way
  }
}

// Each worker has a browser of its own, in which it keeps one page: two pages in one
// browser fight for the focus, and a new page begins cold.
const queue = stops.values();
async function worker() {
  const browser = await launch();
  const context = await browser.newContext({ viewport: wide, locale: "nl-NL", reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  for (const stop of queue) await look(context, page, stop);
  await browser.close();
}
await Promise.all([worker(), worker()]);
console.log(JSON.stringify({ done: stops.length }));
