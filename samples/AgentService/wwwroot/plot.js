// A line over the last steps, in an SVG of the page: redrawn at every step, there are few.

const namespace = "http://www.w3.org/2000/svg";
const lineHeight = 14;
const [height, left, right, top, bottom] = [130, 40, 10, 10, 12];

export class Plot {
  constructor(svg, { low, high, steps, unit }) {
    Object.assign(this, { svg, low, high, steps, unit, points: [] });
    new ResizeObserver(() => this.draw()).observe(svg);
  }

  add(value, end) {
    this.points.push({ value, end });
    if (this.points.length > this.steps) {
      this.points.shift();
    }
    this.draw();
  }

  draw() {
    const width = this.svg.clientWidth;
    const low = Math.min(this.low, ...this.points.map(point => point.value));
    const high = Math.max(this.high, ...this.points.map(point => point.value));
    const x = index => left + (index + this.steps - this.points.length) * (width - left - right) / (this.steps - 1);
    const y = value => top + (high - value) * (height - top - bottom) / (high - low);
    const parts = [];
    for (const tick of [0, ...[low, high].filter(end => Math.abs(y(end) - y(0)) >= lineHeight)]) {
      parts.push(element("line", { class: "axis", x1: left, x2: width - right, y1: y(tick), y2: y(tick) }));
      parts.push(element("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, short(tick)));
    }
    const trace = this.points.map((point, index) => `${x(index).toFixed(1)},${y(point.value).toFixed(1)}`).join(" ");
    parts.push(element("polyline", { class: "trace", points: trace }));
    this.points.forEach((point, index) => {
      if (point.end) {
        parts.push(element("circle", { class: `end ${point.end}`, cx: x(index), cy: y(point.value), r: 4 }));
      }
    });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...parts);
    const last = this.points.at(-1);
    if (last) {
      this.svg.setAttribute("aria-label", `${this.unit} over the last ${this.points.length} steps, now ${last.value.toFixed(2)}`);
    }
  }
}

function element(name, attributes, text = "") {
  const made = document.createElementNS(namespace, name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.textContent = text;
  return made;
}

export function short(number) {
  return Number.isInteger(number) ? String(number) : number.toFixed(1);
}
