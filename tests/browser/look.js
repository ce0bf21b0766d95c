// What a careful eye would mind on the page as it stands: a list of sentences, empty where all is well.
() => {
  const faults = [];
  const main = document.querySelector("[data-testid=stApp]");
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width + 1) faults.push("the page scrolls sideways");

  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  // Text that only a screen reader reads is cut to a dot on purpose.
  const spokenOnly = (element) => {
    for (let at = element; at && at !== main; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clip === "rect(0px, 0px, 0px, 0px)" || style.clipPath === "inset(50%)") return true;
      const box = at.getBoundingClientRect();
      if (style.overflow === "hidden" && (box.width <= 1 || box.height <= 1)) return true;
    }
    return false;
  };
  // A closed menu is drawn, but without a width.
  const skipped = "script, style, canvas, [data-testid=stSidebar][data-collapsed=true] *, [data-testid=stTooltipContent], [data-testid=stIconMaterial], option, .modebar";
  const pieces = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.textContent.trim();
    const element = node.parentElement;
    if (!words || element.closest(skipped) || !shown(element) || spokenOnly(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) pieces.push({ words, element, box });
    }
  }

  const short = (text) => JSON.stringify(text.slice(0, 60));
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
  // The part of a text that its surroundings let through.
  for (const piece of pieces) {
    let { left, right, top, bottom } = piece.box;
    let cut = false;
    let covered = false;
    for (let at = piece.element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = at.getBoundingClientRect();
      if (scrolls(at) || ["auto", "scroll"].includes(style.overflowY)) {
        if (right < box.left || left > box.right || bottom < box.top || top > box.bottom) covered = true;
        left = Math.max(left, box.left); right = Math.min(right, box.right);
        top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
        continue;
      }
      if (style.overflowX !== "visible" && (right > box.right + 1.5 || left < box.left - 1.5)) cut = true;
    }
    piece.seen = covered ? null : { left, right, top, bottom };
    if (cut && !covered) faults.push(`cut: ${short(piece.words)}`);
    if (!cut && !covered && piece.box.top < innerHeight && right > width + 1) faults.push(`beyond the edge: ${short(piece.words)}`);
  }

  const seen = pieces.filter((piece) => piece.seen && !piece.element.closest("header, [data-testid=stSidebar]"));
  const least = 3;
  for (let i = 0; i < seen.length; i += 1) {
    for (let j = i + 1; j < seen.length; j += 1) {
      const [one, other] = [seen[i], seen[j]];
      const across = Math.min(one.seen.right, other.seen.right) - Math.max(one.seen.left, other.seen.left);
      const down = Math.min(one.seen.bottom, other.seen.bottom) - Math.max(one.seen.top, other.seen.top);
      if (across <= least || down <= least) continue;
      if (one.element === other.element || one.element.contains(other.element) || other.element.contains(one.element)) continue;
      faults.push(`overlap: ${short(one.words)} and ${short(other.words)}`);
    }
  }
  return [...new Set(faults)];
}
