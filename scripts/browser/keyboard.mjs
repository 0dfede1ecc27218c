// Goes through whole courses with the keyboard alone, as somebody who has no mouse:
//   node keyboard.mjs PLAN.json
// The plan is { url, email, password, link, number, code }. Each line is { stop, check, problems }; at
// the end comes { done: number of courses }.
import { readFileSync } from "node:fs";
import { launch } from "./chromium.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const browser = await launch();

// Person is somebody at the keys of a browser.
class Person {
  constructor(page) {
    this.page = page;
  }

  // at says whether the focus is on what fits a selector, and shows.
  at(selector) {
    return this.page.evaluate((s) => Boolean(document.activeElement?.matches(s) && document.activeElement.matches(":focus-visible")), selector);
  }

  // to presses Tab until the focus is there. A page has fewer stops than that.
  async to(selector) {
    for (let i = 0; i < 400; i++) {
      if (await this.at(selector)) return;
      await this.page.keyboard.press("Tab");
    }
    throw new Error(`Tab does not come at ${selector} on ${this.page.url()}`);
  }

  async write(name, text) {
    await this.to(`[name="${name}"]`);
    await this.page.keyboard.press("Control+A");
    await this.page.keyboard.type(text);
  }

  async tick(name, value) {
    await this.to(`[name="${name}"][value="${value}"]`);
    await this.page.keyboard.press("Space");
  }

  // choose goes through a group of radio buttons with the arrows.
  async choose(name, value) {
    const wanted = `[name="${name}"][value="${value}"]`;
    await this.to(`[name="${name}"]`);
    for (let i = 0; i < 30; i++) {
      if (await this.page.evaluate((s) => document.querySelector(s)?.checked, wanted)) return;
      await this.page.keyboard.press(i === 0 ? "Space" : "ArrowDown");
    }
    throw new Error(`the arrows do not come at ${wanted}`);
  }

  // pick chooses from a list that is not opened.
  async pick(name, value) {
    const wanted = `[name="${name}"]`;
    await this.to(wanted);
    for (let i = 0; i < 50; i++) {
      if ((await this.page.evaluate((s) => document.querySelector(s).value, wanted)) === value) return;
      await this.page.keyboard.press("ArrowDown");
    }
    throw new Error(`the arrows do not come at ${value} of ${name}`);
  }

  // press goes to a link or button and presses Enter; the next page is there afterwards.
  async press(selector) {
    await this.to(selector);
    const loaded = this.page.waitForEvent("load");
    await this.page.keyboard.press("Enter");
    await loaded;
  }

  // reads fails when the page does not have what fits a selector.
  async reads(selector) {
    if ((await this.page.locator(selector).count()) === 0) throw new Error(`${this.page.url()} has no ${selector}: ${(await this.page.locator("main").innerText()).slice(0, 400)}`);
  }
}

const courses = {
  // The desk: a complaint by telephone, kept, and its text sent.
  "log in, take a call in, send its text": async (p) => {
    await p.page.goto(plan.url + "/inloggen");
    await p.write("email", plan.email);
    await p.write("password", plan.password);
    await p.press("main form button");
    await p.press("a[href='/klachten/nieuw']");
    await p.press("a[href='/klachten/nieuw/telefoon']");
    await p.write("description", "Op zaterdag ging de cursus niet door.");
    await p.write("desired_outcome", "Het geld voor de taxi terug.");
    await p.write("title", "Cursus ging niet door");
    await p.tick("subject", "service");
    await p.write("name", "J. Terpstra");
    await p.write("postcode", "1234ab");
    await p.write("house", "8");
    await p.write("street", "Beukenhof");
    await p.write("town", "Voorbeelddorp");
    await p.write("phone", "06-00000099");
    await p.write("email", "j.terpstra@example.org");
    await p.choose("member", "yes");
    await p.press("button[value=bewaar]");
    await p.reads("main [role=status]");
    await p.press("main a[href$='/versturen']");
    await p.choose("how", "email");
    await p.press("main form button");
    await p.reads("main [role=status]");
    if (!p.page.url().endsWith("?gedaan=versturen")) throw new Error(`it ends at ${p.page.url()}`);
  },

  // A mistake: the summary has the focus, and leads to the field.
  "a refused form leads to its fields": async (p) => {
    await p.page.goto(plan.url + "/inloggen");
    await p.press("main form button");
    await p.reads("main [role=alert]");
    await p.to("main [role=alert] a");
    await p.page.keyboard.press("Enter");
    if (!(await p.page.evaluate(() => document.activeElement.matches("main form input")))) throw new Error("the line of the summary does not lead to its field");
  },

  // The counter: the form, to the page with number and code.
  "fill the form in and send it": async (p) => {
    await p.page.goto(plan.url + "/");
    await p.press("main a[href='/klacht']");
    await p.write("description", "Het rapport kwam zes weken te laat.");
    await p.press("button[value=verder]");
    await p.tick("wish", "explain");
    await p.write("desired_outcome", "Wij willen een vaste datum.");
    await p.press("button[value=verder]");
    await p.tick("subject", "service");
    await p.press("button[value=verder]");
    await p.choose("give_name", "yes");
    await p.choose("for_whom", "self");
    await p.write("name", "Truus Verbeek");
    await p.choose("way", "letter");
    await p.write("street", "Lindelaan");
    await p.write("house", "12");
    await p.write("postcode", "1234 ab");
    await p.write("town", "Voorbeelddorp");
    await p.choose("member", "yes");
    await p.press("button[value=verder]");
    await p.press("button[value=verstuur]");
    await p.reads("main .gh-facts");
  },

  // The link of an e-mail: yes, this is right.
  "confirm a text by its link": async (p) => {
    await p.page.goto(plan.link);
    await p.press("main button[value=ja]");
    await p.reads("main h1");
    if ((await p.page.locator("main button[value=ja]").count()) > 0) throw new Error("the yes was not taken");
  },

  // The complainant's own page: follow, write a message, stop the complaint.
  "follow a complaint and stop it": async (p) => {
    await p.page.goto(plan.url + "/");
    await p.press("a[href='/volgen']");
    await p.write("number", plan.number);
    await p.write("code", plan.code);
    await p.press("main form button");
    await p.write("said", "De bon van de taxi stuur ik nog.");
    await p.press("main form[action='/volgen/bericht'] button");
    await p.reads("main [role=status]");
    await p.press("main a[href='/volgen/stoppen']");
    await p.write("why", "Het is al opgelost.");
    await p.press("main form button");
    await p.reads("main [role=status]");
    if ((await p.page.locator("main a[href='/volgen/stoppen']").count()) > 0) throw new Error("the complaint was not stopped");
  },
};

for (const [name, course] of Object.entries(courses)) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "nl-NL", javaScriptEnabled: true, reducedMotion: "reduce" });
  context.setDefaultTimeout(60_000);
  const problems = [];
  try {
    await course(new Person(await context.newPage()));
  } catch (e) {
    problems.push(e.message);
  }
  console.log(JSON.stringify({ stop: name, check: "keyboard", problems }));
  await context.close();
}
await browser.close();
console.log(JSON.stringify({ done: Object.keys(courses).length }));
