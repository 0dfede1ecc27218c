// Makes the pictures of README and handleiding from a running demo:
//   node screenshots.mjs ADDRESS FOLDER WELCOME
// WELCOME is the file with what the demo printed: the numbers and codes to follow.
// Pages are found as a person finds them: by logging in and following links.
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";

const [address, folder, welcome] = process.argv.slice(2);
const password = "elke klacht gehoord";
mkdirSync(folder, { recursive: true });

const browser = await launch();

// as opens a browser of somebody who is logged in. Pages work without JavaScript, so it is off.
async function as(who, { width = 1280, height = 900, dark = false } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, javaScriptEnabled: false, locale: "nl-NL", colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(address + "/inloggen");
  await page.fill("[name=email]", `${who}@lsr.example.org`);
  await page.fill("[name=password]", password);
  await page.click("main button[type=submit], main form button");
  if (page.url().includes("wie-mag-wat")) await page.click("main form button");
  return page;
}

const shoot = async (page, name, whole = false) => {
  await page.screenshot({ path: join(folder, name + ".png"), fullPage: whole });
  console.log(name);
};

// follow goes to the first link whose address fits.
async function follow(page, pattern) {
  for (const link of await page.$$("main a[href], .gh-bar a[href]")) {
    const href = await link.getAttribute("href");
    if (pattern.test(href)) return page.goto(address + href);
  }
  throw new Error(`no link like ${pattern} on ${page.url()}`);
}

// open goes through the dossiers on the work list to the first that leads to a task.
async function open(page, task) {
  await page.goto(address + "/werk");
  const links = await page.$$eval("main a[href]", (as) => as.map((a) => a.getAttribute("href")));
  for (const href of new Set(links.filter((h) => dossier.test(h)))) {
    await page.goto(address + href);
    const next = await page.$(`main a[href$="${task}"]`);
    if (next) return address + (await next.getAttribute("href"));
  }
  throw new Error(`no dossier leads to ${task}`);
}

const dossier = /^\/klachten\/[0-9a-f-]{36}$/;

const helpdesk = await as("jorien");
await helpdesk.goto(address + "/werk");
await shoot(helpdesk, "mijn-werk");
await helpdesk.goto(address + "/klachten/nieuw/telefoon");
await shoot(helpdesk, "klacht-telefoon");
await helpdesk.goto(address + "/werk?groep=bevestiging");
await follow(helpdesk, dossier);
await shoot(helpdesk, "wacht-op-ja");
await helpdesk.goto(address + "/postkamer");
await shoot(helpdesk, "postkamer");
await helpdesk.goto(address + "/telefoon");
await shoot(helpdesk, "telefoon");
await helpdesk.goto(address + "/register");
await shoot(helpdesk, "register");

const manager = await as("hedwig");
const answer = await open(manager, "/antwoord");
await shoot(manager, "dossier");
await manager.goto(answer);
await shoot(manager, "antwoord");

const phone = await as("jorien", { width: 320, height: 640, dark: true });
await phone.goto(address + "/werk");
await shoot(phone, "mijn-werk-telefoon-donker");

const admin = await as("bram");
await admin.goto(address + "/beheer/medewerkers");
await shoot(admin, "medewerkers");
await admin.goto(address + "/beheer/instellingen");
await shoot(admin, "instellingen");

const director = await as("ankie");
await director.goto(address + "/voorstellen");
await shoot(director, "voorstellen");

// What somebody outside sees.
const said = readFileSync(welcome, "utf8");
const visitor = async (path, options = {}) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, locale: "nl-NL", colorScheme: "light", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(address + path);
  return page;
};
await shoot(await visitor("/"), "loket");
await shoot(await visitor("/klacht"), "formulier");
await shoot(await visitor("/", { viewport: { width: 320, height: 640 }, colorScheme: "dark" }), "loket-telefoon-donker");
await shoot(await visitor(said.match(/(\/ja\/\S+)/)[1]), "bevestigen", true);
const [, number, code] = said.match(/number (\S+) +code (\S+ ?\S*) +\(/);
const complainant = await visitor("/volgen");
await complainant.fill("[name=number]", number);
await complainant.fill("[name=code]", code);
await complainant.click("main form button");
await shoot(complainant, "volgen");

await browser.close();
