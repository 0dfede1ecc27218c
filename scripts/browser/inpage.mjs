// What is looked at inside a page. install runs in the page itself, as the browser's own
// tools do: the page's policy forbids scripts, and no page brings any.
export function install() {
  const short = (s) => (s.length > 60 ? s.slice(0, 57) + "..." : s);
  const visible = (el) => el.checkVisibility({ visibilityProperty: true }) && el.getClientRects().length > 0;
  // isForReaders says that el is only read aloud: it is clipped on purpose.
  const isForReaders = (el) => {
    for (let at = el; at; at = at.parentElement) if (getComputedStyle(at).clipPath === "inset(50%)") return true;
    return false;
  };

  // name gives a selector that a person can find again.
  function name(el) {
    const steps = [];
    for (let at = el; at && at !== document.body && steps.length < 4; at = at.parentElement) {
      if (at.id) {
        steps.unshift("#" + at.id);
        break;
      }
      steps.unshift(at.localName + [...at.classList].map((c) => "." + c).join(""));
    }
    const text = (el.getAttribute("aria-label") || el.textContent || "").trim().replace(/\s+/g, " ");
    return steps.join(" > ") + (text ? ` "${short(text)}"` : "");
  }

  // pieces gives every visible piece of text with its boxes.
  function pieces() {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const el = node.parentElement;
      if (!node.data.trim() || !visible(el) || isForReaders(el) || el.closest(".gh-skip, option, textarea")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) if (box.width > 1 && box.height > 1) found.push({ el, box });
    }
    return found;
  }

  // scrolls says whether somebody can scroll to what stands in el.
  const scrolls = (el) => {
    for (let at = el; at && at !== document.documentElement; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    return false;
  };

  // overflowing names what makes the page scroll sideways, and text that is cut off.
  function overflowing() {
    const width = document.documentElement.clientWidth;
    const problems = [];
    const root = document.scrollingElement;
    if (root.scrollWidth > width) {
      const wide = [...document.body.querySelectorAll("*")].filter((el) => visible(el) && !isForReaders(el) && !scrolls(el) && el.getBoundingClientRect().right > width + 0.5);
      const deepest = wide.filter((el) => !wide.some((other) => other !== el && el.contains(other)));
      problems.push(`the page is ${root.scrollWidth} wide on a screen of ${width}: ${deepest.slice(0, 5).map(name).join(" | ")}`);
    }
    for (const { el, box } of pieces()) {
      for (let at = el; at && at !== document.body; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.overflowX === "visible" && style.overflowY === "visible") continue;
        const frame = at.getBoundingClientRect();
        if ((/hidden|clip/.test(style.overflowX) && (box.right > frame.right + 1 || box.left < frame.left - 1)) || (/hidden|clip/.test(style.overflowY) && box.bottom > frame.bottom + 1)) {
          problems.push(`cut off by ${at.localName}.${at.className}: ${name(el)}`);
          break;
        }
      }
      if (box.right > width + 1 && root.scrollWidth <= width && !scrolls(el)) problems.push(`outside the page: ${name(el)}`);
    }
    return [...new Set(problems)];
  }

  // overlapping names pieces of text that stand on top of each other.
  function overlapping() {
    const all = pieces().sort((a, b) => a.box.top - b.box.top);
    const problems = new Set();
    for (let i = 0; i < all.length; i++) {
      for (let j = i + 1; j < all.length && all[j].box.top < all[i].box.bottom; j++) {
        const a = all[i], b = all[j];
        if (a.el.contains(b.el) || b.el.contains(a.el)) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 3 && down > 0.4 * Math.min(a.box.height, b.box.height)) problems.add(`on top of each other: ${name(a.el)} and ${name(b.el)}`);
      }
    }
    return [...problems];
  }

  const rgba = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], [r2, g2, b2]) => [r * a + r2 * (1 - a), g * a + g2 * (1 - a), b * a + b2 * (1 - a)];
  const luminance = (c) => {
    const [r, g, b] = c.map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (el) => (el ? over(rgba(getComputedStyle(el).backgroundColor), ground(el.parentElement)) : [255, 255, 255]);

  // unreadable names text that does not stand out in forced colours. axe cannot tell: it
  // looks at -webkit-text-fill-color, which keeps the colour that the browser overrules.
  function unreadable() {
    const problems = new Set();
    for (const { el } of pieces()) {
      const behind = ground(el);
      const [most, least] = [luminance(behind), luminance(over(rgba(getComputedStyle(el).color), behind))].sort((a, b) => b - a);
      if ((most + 0.05) / (least + 0.05) < 4.5) problems.add(`${getComputedStyle(el).color} on ${behind}: ${name(el)}`);
    }
    return [...problems];
  }

  // unsound names what may not stand in any page: a page is text, and does nothing.
  function unsound() {
    const problems = [];
    if (document.scripts.length) problems.push(`${document.scripts.length} scripts`);
    for (const el of document.querySelectorAll("*")) {
      for (const { name: attribute, value } of el.attributes)
        if (/^on/.test(attribute) || attribute === "style" || /^javascript:/i.test(value)) problems.push(`${attribute} on ${name(el)}`);
    }
    if (document.querySelectorAll("style").length) problems.push("a style element");
    if (document.querySelectorAll("h1").length !== 1) problems.push(`${document.querySelectorAll("h1").length} h1`);
    if (!document.documentElement.lang) problems.push("no language");
    const missing = /⟦[^⟧]*⟧/.exec(document.documentElement.outerHTML);
    if (missing) problems.push(`a sentence is missing: ${missing[0]}`);
    return problems;
  }

  // openUp unfolds everything and chooses every answer that shows more questions.
  function openUp() {
    document.activeElement?.blur?.();
    scrollTo(0, 0);
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    for (const input of document.querySelectorAll("main input")) {
      if (input.type === "checkbox") input.checked = true;
      if (input.type === "radio" && input.closest(".gh-option")?.nextElementSibling?.matches(".gh-reveal")) input.checked = true;
    }
  }

  // summarised says what is wrong with the summary above a form that was refused: it has
  // the focus, and each of its lines leads to the field that it is about. The browser
  // gives the focus (autofocus) when it draws the page, which may come after its loading.
  async function summarised() {
    const summary = document.querySelector("main [role=alert]");
    if (!summary) return ["nothing says what is wrong"];
    const problems = [];
    for (let waited = 0; waited < 10_000 && !summary.contains(document.activeElement); waited += 50) await new Promise((go) => setTimeout(go, 50));
    if (!summary.contains(document.activeElement)) problems.push(`the focus is not on the summary but on ${name(document.activeElement)}`);
    for (const link of summary.querySelectorAll("a[href^='#']")) {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) problems.push(`leads nowhere: ${name(link)}`);
      else if (!field.matches("[aria-invalid=true], fieldset, [type=radio], [type=checkbox]") && !field.closest(".gh-field--bad")) problems.push(`leads to a field that is not marked: ${name(link)}`);
    }
    return problems;
  }

  // stops lists where Tab must come: of a group of radio buttons, one.
  function stops() {
    const groups = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")].filter((el) => {
      if (el.disabled || el.type === "hidden" || el.tabIndex < 0) return false;
      if (!el.checkVisibility({ visibilityProperty: true })) return false;
      if (el.type !== "radio") return true;
      const group = (el.form?.action ?? "") + el.name;
      const checked = [...document.getElementsByName(el.name)].find((other) => other.form === el.form && other.checked);
      if (groups.has(group) || (checked && checked !== el)) return false;
      return groups.add(group);
    });
  }

  // looks is what can change around an element when it gets the focus: its own, and
  // that of the card around it.
  const around = (el) => [el, el.parentElement, el.parentElement?.parentElement].filter(Boolean);
  const looks = (el) =>
    around(el).map((at) => {
      const s = getComputedStyle(at);
      return { outline: `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`, shadow: s.boxShadow };
    });
  const isRing = ({ outline }) => !/^none|^auto 0px|rgba\(\d+, \d+, \d+, 0\)/.test(outline) && parseFloat(outline.split(" ")[1]) >= 2;

  // shown says what is wrong with how the focus shows on el, or nothing.
  function shown(el, before) {
    const now = looks(el);
    const changed = now.some((look, i) => (look.outline !== before[i].outline && isRing(look)) || (look.shadow !== before[i].shadow && look.shadow !== "none"));
    if (!changed) return `the focus does not show: ${name(el)}`;
    const boxes = around(el).map((at) => at.getBoundingClientRect());
    const inside = boxes.some((box) => box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight);
    return inside ? "" : `the focus is outside the screen: ${name(el)}`;
  }

  // watch notes, until watched is asked, where the focus comes and whether it shows.
  let watching;
  function watch() {
    document.activeElement?.blur?.();
    const expected = stops();
    watching = { expected, before: new Map(expected.map((el) => [el, looks(el)])), seen: new Set(), problems: [] };
    document.addEventListener("focusin", ({ target }) => {
      if (watching.seen.has(target) || !watching.before.has(target)) return;
      watching.seen.add(target);
      const problem = shown(target, watching.before.get(target));
      if (problem) watching.problems.push(problem);
    });
    return expected.length;
  }
  function watched() {
    const missed = watching.expected.filter((el) => !watching.seen.has(el));
    return { missed: missed.map((el) => `Tab does not come at ${name(el)}`), problems: watching.problems };
  }

  // rings gives every stop the focus in turn, without the keyboard, and says where it
  // does not show.
  function rings() {
    document.activeElement?.blur?.();
    return stops()
      .map((el) => {
        const before = looks(el);
        el.focus({ focusVisible: true });
        const problem = document.activeElement === el ? shown(el, before) : `cannot have the focus: ${name(el)}`;
        el.blur();
        return problem;
      })
      .filter(Boolean);
  }

  globalThis.gehoor = { overflowing, overlapping, unreadable, summarised, unsound, openUp, watch, watched, rings };
}
