import { Board } from "./board.js";
import { Episode } from "./episode.js";
import { gameOf } from "./games.js";
import { Plot, short } from "./plot.js";

const at = id => document.getElementById(id);
const controls = ["play", "step", "left", "right", "interfere"].map(at);

const seed = Math.floor(Math.random() * 2 ** 31);

let game;     // the game of the served agent; undefined until the service has described it
let board;
let plots;
let episode;  // the agent's episode; undefined before the first frame and after a failure
let episodes = 0;
let bars = [];
let proposed; // the agent's answer to the frame that is on the board
let pushed;   // the action that a push replaces it with
let playing = false;
let stepping = false;
let timer;

/** Sets the page up for a game. */
function choose(chosen) {
  game = chosen;
  document.title = `${game.name}, played by an agent service`;
  document.querySelector("meta[name=description]").content = `A trained Dreamer agent plays ${game.name}, one frame at a time, over a WebSocket.`;
  at("title").textContent = game.name;
  at("game-about").textContent = game.about;
  at("frame-bytes").textContent = `, ${game.frame().length} bytes,`;
  at("interfere").textContent = game.interference.label;
  at("interference").textContent = game.interference.hint;
  at("end-hint").textContent = `A dot marks the last frame of an episode: ${game.endHint}.`;
  at("speed").value = game.speed;
  showSpeed();
  board = new Board(at("board"), game.shape);
  plots = Object.fromEntries(["value", "surprise"].map(name => {
    const [low, high] = game.plots[name];
    return [name, new Plot(at(`${name}-plot`), { low, high, steps: game.plots.steps, unit: name[0].toUpperCase() + name.slice(1) })];
  }));
  drawBoard();
  makeBars();
}

function drawBoard() {
  game.draw(board);
  at("board").setAttribute("aria-label", game.describe());
  at("score").replaceChildren(...game.score().map(part =>
    typeof part === "string" ? part : Object.assign(document.createElement("span"), { textContent: short(part) })));
}

function showSpeed() {
  at("speed-value").textContent = at("speed").value;
}

function makeBars() {
  bars = game.actions.map(name => {
    const bar = document.createElement("div");
    bar.className = "action";
    const label = Object.assign(document.createElement("span"), { className: "name", textContent: name });
    const meter = Object.assign(document.createElement("meter"), { min: 0, max: 1, value: 0 });
    meter.setAttribute("aria-label", `Probability of ${name}`);
    const text = Object.assign(document.createElement("span"), { className: "probability" });
    bar.append(label, meter, text);
    return { bar, meter, text };
  });
  at("actions").replaceChildren(...bars.map(bar => bar.bar));
}

function show(answer) {
  proposed = answer;
  at("value").textContent = answer.value.toFixed(2);
  at("surprise").textContent = answer.surprise.toFixed(2);
  const end = !game.ended ? "" : game.endedWell ? "good" : "bad";
  plots.value.add(answer.value, end);
  plots.surprise.add(answer.surprise, end);
  bars.forEach((bar, action) => {
    bar.meter.value = answer.probabilities[action];
    bar.text.textContent = `${(100 * answer.probabilities[action]).toFixed(0)} %`;
    bar.bar.classList.toggle("taken", action === answer.action);
  });
}

/** One step of the game and the agent's answer to what it led to; the first frame of an episode follows no action. */
async function advance() {
  if (game.ended || !episode) {
    episode?.end();
    episode = undefined;
    const begun = await Episode.begin({ seed, episodeId: `browser-${episodes++}` });
    game.reset();
    drawBoard();
    show(await begun.act(game.frame()));
    episode = begun;
    return;
  }
  // The chosen action, by the agent or by a push: in training the agent was told this one too, whatever the game executed.
  const executed = pushed ?? proposed.action;
  pushed = undefined;
  game.step(executed);
  drawBoard();
  show(executed === proposed.action ? await episode.act(game.frame()) : await episode.observe(game.frame(), executed));
}

async function step() {
  if (stepping) {
    return;
  }
  stepping = true;
  try {
    await advance();
    say(`Connected: episode ${episodes}, frame ${proposed.step}.`);
  } catch (error) {
    fail(error);
  } finally {
    stepping = false;
  }
}

async function tick() {
  await step();
  if (playing) {
    timer = setTimeout(tick, 1000 / at("speed").valueAsNumber);
  }
}

function play(on) {
  playing = on;
  clearTimeout(timer);
  at("play").textContent = on ? "Pause" : "Play";
  if (on) {
    tick();
  }
}

function push(direction) {
  pushed = game.actions.indexOf(direction);
  if (!playing) {
    step();
  }
}

function interfere() {
  if (!game.ended) {
    game.interfere();
    drawBoard();
  }
}

function say(text, failed = false) {
  at("status").classList.toggle("failed", failed);
  at("status").setAttribute("role", failed ? "alert" : "none");
  at("status").textContent = text;
}

function fail(error) {
  episode = undefined;
  play(false);
  say(`${error.message} Play begins another episode.`, true);
}

async function start() {
  const agent = await (await fetch("v1/agent")).json();
  choose(gameOf(agent));
  controls.forEach(control => { control.disabled = false; });
  at("about").textContent = `Agent '${agent.name}', ${agent.algorithm}.`;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    say("Ready.");
  } else {
    play(true);
  }
}

at("play").onclick = () => play(!playing);
at("step").onclick = () => { play(false); step(); };
at("left").onclick = () => push("left");
at("right").onclick = () => push("right");
at("interfere").onclick = interfere;
at("speed").oninput = showSpeed;

start().catch(error => say(`${error.message} Reload the page to try again.`, true));
