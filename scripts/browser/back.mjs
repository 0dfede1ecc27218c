// Goes back and forward through the form with the browser's own buttons, without JavaScript:
//   node back.mjs PLAN.json
// The plan is { url }. Each line is { stop, check, problems }; at the end comes { done: number
// of courses }. Requests are not intercepted: that would switch the browser's cache off.
import { readFileSync } from "node:fs";
import { launch } from "./chromium.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await launch();

const story = "Het rapport kwam zes weken te laat.", when = "12 november", wish = "Wij willen een vaste datum.", about = "Pim Haverdonk", name = "Truus Verbeek";

// Person is somebody who fills the form in.
class Person {
  constructor(page) {
    this.page = page;
  }

  fill = (field, text) => this.page.locator(`[name=${field}]`).fill(text);
  tick = (field, value) => this.page.locator(`[name=${field}][value=${value}]`).check();

  async press(value, status = 200) {
    const [answer] = await Promise.all([this.page.waitForResponse((r) => r.request().isNavigationRequest()), this.page.locator(`main button[value=${value}]`).click()]);
    await this.page.waitForLoadState("load");
    if (answer.status() !== status) throw new Error(`${value} gives status ${answer.status()}, want ${status}`);
  }

  back = () => this.page.goBack();
  forward = () => this.page.goForward();

  // reads fails when a field does not hold a text.
  async reads(field, text) {
    const got = await this.page.locator(`[name=${field}]`).inputValue();
    if (got !== text) throw new Error(`${field} holds ${JSON.stringify(got)}, want ${JSON.stringify(text)}`);
  }

  async ticked(field, value) {
    if (!(await this.page.locator(`[name=${field}][value=${value}]`).isChecked())) throw new Error(`${value} of ${field} is not ticked`);
  }

  async says(text) {
    const main = await this.page.locator("main").innerText();
    if (!main.includes(text)) throw new Error(`the page does not say ${text}: ${main.slice(0, 600)}`);
  }

  async story() {
    await this.page.goto(plan.url + "/klacht");
    await this.fill("description", story);
    await this.fill("when", when);
    await this.page.locator("[name=file]").setInputFiles({ name: "brief.txt", mimeType: "text/plain", buffer: Buffer.from("Geachte heer") });
    await this.press("verder");
  }

  async toAbout() {
    await this.story();
    await this.tick("wish", "explain");
    await this.fill("desired_outcome", wish);
    await this.press("verder");
  }

  async toCheck() {
    await this.toAbout();
    await this.tick("subject", "employee");
    await this.fill("concerned", about);
    await this.press("verder");
    await this.fill("name", name);
    await this.tick("way", "letter");
    await this.fill("street", "Lindelaan");
    await this.fill("house", "12");
    await this.fill("postcode", "1234 AB");
    await this.fill("town", "Voorbeelddorp");
    await this.press("verder");
  }
}

const courses = {
  "back from the last step to the first, and forward again": async (p) => {
    await p.toCheck();
    await p.back();
    await p.reads("name", name);
    await p.reads("house", "12");
    await p.ticked("way", "letter");
    await p.back();
    await p.ticked("subject", "employee");
    await p.reads("concerned", about);
    await p.back();
    await p.ticked("wish", "explain");
    await p.reads("desired_outcome", wish);
    await p.back();
    await p.reads("description", story);
    await p.reads("when", when);
    await p.forward();
    await p.reads("desired_outcome", wish);
    await p.forward();
    await p.forward();
    await p.forward();
    await p.says(story);
    await p.says(about);
    await p.says(name);
    await p.says("brief.txt");
  },

  "back, something changed, and on": async (p) => {
    await p.toAbout();
    await p.back();
    await p.back();
    await p.fill("description", "Het rapport kwam nooit.");
    await p.press("verder");
    await p.tick("wish", "explain");
    await p.press("verder");
    await p.back();
    await p.back();
    await p.reads("description", "Het rapport kwam nooit.");
  },

  "back over a refused step": async (p) => {
    await p.page.goto(plan.url + "/klacht");
    await p.fill("when", when);
    await p.press("verder", 422);
    await p.reads("when", when);
    await p.fill("description", story);
    await p.press("verder");
    await p.back();
    await p.reads("description", story);
    await p.back();
    await p.reads("when", when);
    await p.forward();
    await p.forward();
    await p.says("Stap 2 van 5");
  },

  "another language at a step, and back": async (p) => {
    await p.story();
    await p.fill("desired_outcome", wish);
    await Promise.all([p.page.waitForResponse((r) => r.request().isNavigationRequest()), p.page.locator("footer button[lang=en]").click()]);
    await p.page.waitForLoadState("load");
    await p.says("Step 2 of 5");
    await p.reads("desired_outcome", wish);
    await p.press("verder");
    await p.says("Step 3 of 5");
    await p.back();
    await p.reads("desired_outcome", wish);
    await p.back();
    await p.says("Stap 2 van 5");
    await p.back();
    await p.reads("description", story);
  },

  "nothing of it is left when it was sent": async (p) => {
    await p.toCheck();
    const [answer] = await Promise.all([p.page.waitForResponse((r) => r.url().endsWith("/klacht/verstuurd")), p.page.locator("main button[value=verstuur]").click()]);
    if (answer.headers()["cache-control"] !== "no-store") throw new Error(`number and code come with ${JSON.stringify(answer.headers())}`);
    await p.page.waitForLoadState("load");
    await p.page.locator("main .gh-facts").waitFor();
    const gone = await p.back().catch((e) => e);
    if (!String(gone).includes("ERR_CACHE_MISS")) throw new Error(`back gives ${gone?.url?.()}: ${(await p.page.content()).slice(0, 3000)}`);
  },
};

for (const [name, course] of Object.entries(courses)) {
  const context = await browser.newContext({ locale: "nl-NL", javaScriptEnabled: false });
  context.setDefaultTimeout(60_000);
  const problems = [];
  try {
    await course(new Person(await context.newPage()));
  } catch (e) {
    problems.push(e.stack);
  }
  console.log(JSON.stringify({ stop: name, check: "back", problems }));
  await context.close();
}
await browser.close();
console.log(JSON.stringify({ done: Object.keys(courses).length }));
