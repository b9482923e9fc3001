// Which families of Tabler's stylesheet pages may use. Everything that is not named here stays out of the built file,
// so that the first page of a cold browser stays light. A page that needs another family adds it to KEPT.

const KEPT = [
  "alert", "badge", "border", "breadcrumb", "btn", "card", "col", "container", "d", "divide", "dropdown", "empty", "fixed", "flex", "float",
  "form", "fs", "fst", "fw", "g", "gap", "gx", "gy", "h", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "input", "invalid", "is", "justify",
  "align", "list", "lh", "link", "m", "mark", "mb", "me", "ms", "mt", "mx", "my", "nav", "order", "overflow", "p", "pagination", "page", "pb",
  "pe", "placeholder", "position", "progress", "ps", "pt", "px", "py", "rounded", "row", "small", "sr", "status", "step", "steps", "sticky",
  "subheader", "switch", "table", "tab", "text", "top", "valid", "vh", "visible", "visually", "vr", "w", "was", "bg", "code", "initialism", "lead",
  "bottom", "start", "end", "disabled", "active", "show", "collapse", "fade", "datagrid", "strong",
];
// Parts of kept families that nothing here draws.
const DROPPED = [
  /^bg-(facebook|twitter|google|linkedin|youtube|github|instagram|pinterest|vk|rss|flickr|bitbucket|tabler|vimeo|dribbble|x)/,
  /^(text|btn|btn-outline|btn-ghost|border|badge|link|alert|status|list-group-item|table|bg|progress|form-check|form-colorinput)-(blue|azure|indigo|purple|pink|cyan|lime|teal|x|facebook|twitter|google|youtube|vimeo|dribbble|github|instagram|pinterest|vk|rss|flickr|bitbucket|linkedin|tabler|gray)\b/,
  /^(text|bg)-gradient/, /^card-(stamp|cover|rotate|link-rotate|sponsor|group)/, /^form-(imagecheck|colorinput|floating|range|selectgroup-box)/,
  /^btn-(floating|animate|loading|facebook)/, /^status-(indicator|gray)/, /^list-group-(transparent|horizontal)/, /^page-(cover|center-align)/,
  /^link-(underline|offset|opacity)/, /^bg-opacity/, /^border-opacity/, /^page-header-image/, /-bg-opacity/, /^placeholder-/, /-(sm|xl|xxl)-(?!responsive)/,
  /^(d|flex|m[bestxy]?|p[bestxy]?|g[xy]?|gap|order|float|justify|align|col|row|text|position|overflow|w|h|rounded|border)-(.+-)?(sm|xl|xxl)(-|$)/,
  /^offset-/, /^table-responsive-/, /^dropdown-menu-(sm|md|lg|xl|xxl)/, /^(dropup|dropstart|dropend)/, /^bg-pattern/,
];

/** Splits a stylesheet (or the inside of an at-rule) into its rules. */
function* rules(text) {
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "{") depth += 1;
    if (sign === "}") depth -= 1;
    if ((sign === "}" && depth === 0) || (sign === ";" && depth === 0)) {
      yield text.slice(start, at + 1).trim();
      start = at + 1;
    }
  }
}

function isKept(selector) {
  const bare = selector.replace(/:not\((?:[^()]|\([^()]*\))*\)/g, "");
  const classes = [...bare.matchAll(/\.((?:[\w-]|\\.)+)/g)].map((match) => match[1]);
  if (/\[data-vc|\[data-calendar|noUi|fslightbox|sidebar/.test(selector)) return false;
  return classes.every((name) => KEPT.includes(name.split("-")[0]) && !DROPPED.some((pattern) => pattern.test(name)));
}

/** Splits a list of selectors at its own commas, not at those inside brackets. */
function selectors(head) {
  const found = [""];
  let depth = 0;
  for (const sign of head) {
    if (sign === "(") depth += 1;
    if (sign === ")") depth -= 1;
    if (sign === "," && depth === 0) found.push("");
    else found[found.length - 1] += sign;
  }
  return found.map((selector) => selector.trim());
}

function chosen(rule) {
  const brace = rule.indexOf("{");
  if (brace < 0) return rule.startsWith("@charset") ? "" : rule;
  const head = rule.slice(0, brace).trim();
  if (/^@(media|supports|layer)/.test(head)) {
    const inner = [...rules(rule.slice(brace + 1, -1))].map(chosen).join("");
    return inner ? `${head}{${inner}}` : "";
  }
  if (head.startsWith("@")) return rule;
  const kept = selectors(head).filter(isKept);
  return kept.length ? `${kept.join(",")}${rule.slice(brace)}` : "";
}

/** Returns the part of Tabler's stylesheet that pages use. */
export function selected(text) {
  const plain = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const found = [...rules(plain)].map(chosen).join("\n");
  const used = new Set([...found.matchAll(/animation(?:-name)?:\s*([\w-]+)/g)].map((match) => match[1]));
  return found.replace(/@keyframes ([\w-]+)\s*\{(?:[^{}]|\{[^{}]*\})*\}/g, (whole, name) => (used.has(name) ? whole : ""));
}
