import { Catch, columns, rows } from "./catch.js";
import { Plot } from "./plot.js";
import { Episode } from "./episode.js";

const at = id => document.getElementById(id);
const game = new Catch();
const plots = {
  value: new Plot(at("value-plot"), { low: -1, high: 1, steps: 60, unit: "Value" }),
  surprise: new Plot(at("surprise-plot"), { low: 0, high: 4, steps: 60, unit: "Surprise" }),
};
const score = { played: 0, caught: 0 };
const controls = ["play", "step", "left", "right", "gust"].map(at);

const seed = Math.floor(Math.random() * 2 ** 31);

let episode;  // where the agent is; none before the first frame, and after something failed
let episodes = 0;
let names = [];
let bars = [];
let proposed; // the agent's answer to the frame that is on the board
let pushed;   // the action that a push puts in place of it
let playing = false;
let stepping = false;
let timer;

function drawBoard() {
  const board = at("board");
  const cell = board.width / columns;
  const pen = board.getContext("2d");
  pen.clearRect(0, 0, board.width, board.height);
  pen.strokeStyle = "rgba(255, 255, 255, .12)";
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      pen.strokeRect(column * cell + .5, row * cell + .5, cell - 1, cell - 1);
    }
  }
  pen.fillStyle = "#8fd0ff";
  pen.fillRect(game.paddle * cell + 3, (rows - 1) * cell + cell * .55, cell - 6, cell * .4);
  pen.fillStyle = game.ended ? (game.reward > 0 ? "#8ee08e" : "#ff9d8a") : "#ffd75e";
  pen.beginPath();
  pen.arc((game.ballColumn + .5) * cell, (game.ballRow + (game.ended ? .3 : .5)) * cell, cell * .32, 0, 2 * Math.PI);
  pen.fill();
  board.setAttribute("aria-label", `The ball is in row ${game.ballRow + 1} of ${rows}, column ${game.ballColumn + 1}; `
    + `the paddle is in column ${game.paddle + 1} of ${columns}.`);
}

function makeBars() {
  bars = names.map(name => {
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
  const end = !game.ended ? "" : game.reward > 0 ? "caught" : "missed";
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
  const executed = pushed ?? proposed.action;
  pushed = undefined;
  game.step(executed);
  drawBoard();
  show(executed === proposed.action ? await episode.act(game.frame()) : await episode.observe(game.frame(), executed));
  if (game.ended) {
    score.played++;
    score.caught += game.reward > 0 ? 1 : 0;
    at("played").textContent = score.played;
    at("caught").textContent = score.caught;
  }
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

function push(action) {
  pushed = action;
  if (!playing) {
    step();
  }
}

function gust() {
  if (!game.ended) {
    game.gust();
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
  const image = agent.observations.find(observation => observation.key === "image");
  if (agent.observations.length !== 1 || image?.shape.join("x") !== `${rows}x${columns}x1` || agent.action.names?.length !== 3) {
    throw new Error(`The service runs agent '${agent.name}', which does not play Catch.`);
  }
  names = agent.action.names;
  makeBars();
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
at("left").onclick = () => push(0);
at("right").onclick = () => push(2);
at("gust").onclick = gust;
at("speed").oninput = event => { at("speed-value").textContent = event.target.value; };

drawBoard();
start().catch(error => say(`${error.message} Reload the page to try again.`, true));
