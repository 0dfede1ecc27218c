// The hands of the people in the stories: does in Chromium, without JavaScript, what each
// line on standard input says, and answers with a line of JSON:
//   node hands.mjs
// A line is { who, do, what, how }; everybody has a browser of their own, with their own
// cookies. The answer is { url, text, code }: the page that is there now, and what its
// main part says; with a file, { file }; or { trouble } when it could not be done.
import { createInterface } from "node:readline";
import { launch } from "./chromium.mjs";

const browser = await launch();
const people = new Map();

async function pageOf(who) {
  if (!people.has(who)) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL", javaScriptEnabled: false, reducedMotion: "reduce" });
    context.setDefaultTimeout(10_000);
    people.set(who, await context.newPage());
  }
  return people.get(who);
}

// answer types in the field of a name, or chooses there; what is folded is opened first.
async function answer(page, name, value) {
  const field = page.locator(`main [name="${name}"]:not([type=hidden])`);
  for (const fold of await page.locator("main details:not([open])").filter({ has: page.locator(`[name="${name}"]`) }).all()) await fold.locator("summary").first().click();
  const kind = await field.first().evaluate((e) => (e.matches("select") ? "select" : e.type));
  if (kind === "radio" || kind === "checkbox") return page.locator(`main [name="${name}"][value="${value}"]`).check();
  if (kind === "select") return field.selectOption(value);
  if (kind === "file") return field.setInputFiles({ name: "plaatje.png", mimeType: "image/png", buffer: Buffer.from(value, "base64") });
  return field.fill(value);
}

const deeds = {
  opens: (page, address) => page.goto(address),
  answers: (page, name, value) => answer(page, name, value),
  // Who presses something is on the next page afterwards.
  presses: async (page, selector) => {
    const [response] = await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
    return response;
  },
  // Who sees a picture has it whole.
  sees: async (page, selector) => {
    if (!(await page.locator(selector).first().evaluate((e) => e.complete && e.naturalWidth > 0))) throw new Error("the picture does not show");
  },
  // What is printed is a PDF that comes for a press of a button: the page stays.
  prints: async (page, selector) => {
    let file;
    await page.route("**", async (route, request) => {
      if (request.method() !== "POST") return route.continue();
      const response = await route.fetch();
      file = (await response.body()).toString("base64");
      return route.fulfill({ status: 204 });
    });
    await page.locator(selector).first().click();
    for (let i = 0; i < 100 && file === undefined; i++) await page.waitForTimeout(50);
    await page.unroute("**");
    return { file };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { who, do: deed, what, how } = JSON.parse(line);
  const page = await pageOf(who);
  try {
    const got = await deeds[deed](page, what, how);
    console.log(JSON.stringify({ url: page.url(), code: got?.status?.() ?? 0, file: got?.file, text: deed === "answers" ? "" : await page.locator("main").innerText() }));
  } catch (e) {
    console.log(JSON.stringify({ trouble: `${deed} ${what} on ${page.url()}: ${e.message}` }));
  }
}
await browser.close();
