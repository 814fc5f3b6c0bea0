// What a check asks the page about: where its text stands, what gets the focus, what scrolls. All in CSS pixels.
globalThis.reading = (() => {
  const HIDDEN = { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true };
  const name = (element) => {
    const classes = typeof element.className === "string" ? element.className.trim().split(/\s+/) : [];
    const own = element.id ? `#${element.id}` : classes.filter(Boolean).map((c) => `.${c}`).join("");
    const up = element.parentElement?.closest("[id]");
    return `${up && !element.id ? `#${up.id} ` : ""}${element.localName}${own}`;
  };
  const clipped = (style) => style.overflowX !== "visible" || style.overflowY !== "visible";
  // Words for screen readers only: out of sight by a clip path, in a box of one pixel, or set beside the page (a skip
  // link until it has the focus).
  const forEars = new WeakMap();
  const isForEars = (element) => {
    if (!element || element === document.body) return false;
    if (!forEars.has(element)) {
      const style = getComputedStyle(element);
      const tiny = style.position === "absolute" && element.offsetWidth <= 1 && element.offsetHeight <= 1;
      const beside = style.position === "absolute" && element.getBoundingClientRect().right < 0;
      forEars.set(element, style.clipPath !== "none" || tiny || beside || isForEars(element.parentElement));
    }
    return forEars.get(element);
  };
  const clips = new WeakMap();
  const clipOf = (element) => {
    if (!element || element === document.body) return [];
    if (!clips.has(element)) {
      const style = getComputedStyle(element);
      const own = clipped(style) && style.display !== "inline" ? [element] : [];
      clips.set(element, [...own, ...clipOf(element.parentElement)]);
    }
    return clips.get(element);
  };
  const seen = (rect, boxes) => {
    let { left, top, right, bottom } = rect;
    for (const box of boxes) {
      const edge = box.getBoundingClientRect();
      left = Math.max(left, edge.left); right = Math.min(right, edge.right);
      top = Math.max(top, edge.top); bottom = Math.min(bottom, edge.bottom);
    }
    return right > left && bottom > top ? { left, top, right, bottom } : null;
  };
  // The text in sight, line by line, and the pictures: each with its box.
  const boxes = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility(HIDDEN) || isForEars(element)) continue;
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue;
        // Fonts reserve room above and below the letters; only the letters' own band must stay free.
        const band = { left: rect.left + 0.5, right: rect.right - 0.5,
          top: rect.top + rect.height * 0.22, bottom: rect.bottom - rect.height * 0.22 };
        found.push({ element, rect, band, text: node.data.trim() });
      }
    }
    for (const element of document.querySelectorAll("body img, body svg")) {
      if (!element.checkVisibility(HIDDEN) || isForEars(element)) continue;
      const rect = element.getBoundingClientRect();
      const band = { left: rect.left + 1, right: rect.right - 1, top: rect.top + 1, bottom: rect.bottom - 1 };
      if (rect.width > 1 && rect.height > 1) found.push({ element, rect, band, text: `<${element.localName}>` });
    }
    return found;
  };
  const overlaps = () => {
    const rows = new Map();
    const faults = new Set();
    for (const box of boxes()) {
      const at = seen(box.band, clipOf(box.element));
      if (!at) continue;
      const item = { ...box, at };
      const first = Math.floor(at.top / 24), last = Math.floor(at.bottom / 24);
      const met = new Set();
      for (let row = first; row <= last; row++) {
        if (!rows.has(row)) rows.set(row, []);
        for (const other of rows.get(row)) {
          if (met.has(other)) continue;
          met.add(other);
          const wide = Math.min(at.right, other.at.right) - Math.max(at.left, other.at.left);
          const high = Math.min(at.bottom, other.at.bottom) - Math.max(at.top, other.at.top);
          if (wide > 1 && high > 1)
            faults.add(`${name(item.element)} “${item.text.slice(0, 40)}” stands over ${name(other.element)} “${other.text.slice(0, 40)}”`);
        }
        rows.get(row).push(item);
      }
    }
    return [...faults];
  };
  // Text that a box without a scroll bar cuts off, or that lies beyond the edge of the page.
  const cutOff = () => {
    const faults = new Set();
    const edge = document.documentElement.clientWidth;
    for (const { element, rect, text } of boxes()) {
      const all = clipOf(element);
      for (const box of all) {
        const style = getComputedStyle(box), frame = box.getBoundingClientRect();
        const rigid = (value) => value === "hidden" || value === "clip";
        const side = rigid(style.overflowX) && (rect.right > frame.right + 1 || rect.left < frame.left - 1);
        const foot = rigid(style.overflowY) && (rect.bottom > frame.bottom + 2 || rect.top < frame.top - 2);
        if (side || foot) faults.add(`${name(box)} cuts off “${text.slice(0, 40)}”`);
      }
      if (!all.length && (rect.left < -1 || rect.right > edge + 1))
        faults.add(`${name(element)} “${text.slice(0, 40)}” lies beyond the edge of the page`);
    }
    return [...faults];
  };
  const tooWide = () => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const beyond = [...document.querySelectorAll("body *")].filter((element) =>
      element.getBoundingClientRect().right > page.clientWidth + 1 && !clipOf(element).length && !isForEars(element));
    const inner = beyond.filter((element) => !beyond.some((other) => other !== element && element.contains(other)));
    return [`the page is ${page.scrollWidth} wide in a window of ${page.clientWidth}: ${[...new Set(inner.map(name))].slice(0, 4).join(", ")}`];
  };
  const STOPS = "a[href], area[href], button, input, select, textarea, summary, [tabindex], [contenteditable]";
  const stops = () => [...document.querySelectorAll(STOPS)].filter((element) =>
    element.tabIndex >= 0 && !element.disabled && element.checkVisibility(HIDDEN));
  const scrollers = () => [...document.querySelectorAll("body *")].filter((element) => {
    const style = getComputedStyle(element);
    const scrolls = (value) => value === "auto" || value === "scroll";
    return (scrolls(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (scrolls(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
  });
  const unreachable = () => scrollers()
    .filter((element) => element.tabIndex < 0 && !stops().some((stop) => element.contains(stop)))
    .map((element) => `${name(element)} scrolls, but not by keyboard`);
  const look = (element) => {
    const style = getComputedStyle(element);
    const ring = style.outlineStyle === "auto" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1.5);
    return [ring ? `ring ${style.outlineColor}` : "", style.boxShadow, style.backgroundColor, style.borderColor, style.textDecorationLine].join("|");
  };
  // Follow the focus: call before the first Tab and `focusFaults` after the last.
  const followFocus = () => {
    const resting = new Map(stops().map((element) => [element, look(element)]));
    const path = [], faults = new Set();
    const leave = () => {
      const element = document.activeElement;
      if (!element || element === document.body) return;
      const box = element.getClientRects()[0];
      if (look(element) === resting.get(element)) faults.add(`the focus on ${name(element)} can't be seen`);
      if (!box || box.right < 0 || box.bottom < 0 || box.left > innerWidth || box.top > innerHeight)
        faults.add(`the focus on ${name(element)} is out of sight`);
    };
    document.addEventListener("focusin", (event) => path.push(event.target));
    document.addEventListener("keydown", leave, true);
    globalThis.followed = { path, faults, leave };
    return resting.size;
  };
  const focusFaults = () => {
    const { path, faults } = globalThis.followed;
    const expected = stops();
    const missed = expected.filter((element) => !path.includes(element));
    const at = expected.findIndex((element, n) => path[n] !== element);
    return [...faults, ...missed.slice(0, 5).map((element) => `${name(element)} is never reached by Tab`),
      ...(at >= 0 && !missed.length ? [`stop ${at + 1} is ${path[at] ? name(path[at]) : "nothing"}, not ${name(expected[at])}`] : [])];
  };
  const openAll = () => document.querySelectorAll("details").forEach((each) => { each.open = true; });
  const emptyDetails = () => [...document.querySelectorAll("details")].filter((each) => {
    const summary = each.querySelector(":scope > summary");
    return !summary || each.innerText.trim() === summary.innerText.trim();
  }).map((each) => `${name(each)} “${each.innerText.slice(0, 40)}” opens on nothing`);
  // All that is written on the page, but for what is only for screens or only for ears.
  const written = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      if (node.data.trim() && !element.closest(".skip, style, script") && !isForEars(element)) found.push(node.data);
    }
    return found;
  };
  return { overlaps, cutOff, tooWide, unreachable, followFocus, focusFaults, openAll, emptyDetails, written };
})();
