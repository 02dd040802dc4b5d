// Breakout, as the agent learned it: a ball bounces off walls, paddle and three rows of bricks, each +1; if it passes the paddle
// the episode ends. The public MinAtar benchmark's rules (Young and Tian, 2019), sticky actions among them.
// games.js describes a game's interface to the page.

const side = 10;
const channels = ["paddle", "ball", "trail", "brick"];
const paddleRow = side - 1;
const brickRows = [1, 2, 3];
const moves = [0, -1, 1];

export class Breakout {
  name = "Breakout";
  shape = [side, side, channels.length];
  actions = ["stay", "left", "right"];
  about = "A ball bounces off a paddle and takes bricks away, +1 each, until the paddle misses it. One time in ten the paddle "
    + "repeats its last action, as in training: the agent is not told.";
  endHint = "filled if its score reached the mean, hollow otherwise";
  interference = { label: "Blow the ball aside", hint: "Of the wind it is not told: watch its surprise." };
  speed = 10;
  plots = { steps: 120, value: [0, 6], surprise: [0, 8] };

  #score = 0;
  #best = 0;
  #total = 0;
  #played = 0;

  constructor(random = Math.random, stickiness = .1) {
    this.random = random;
    this.stickiness = stickiness;
    this.reset();
  }

  reset() {
    const fromLeft = this.random() < .5;
    this.paddle = 4;
    this.ball = { x: fromLeft ? 0 : side - 1, y: 3 };
    this.trail = this.ball;
    this.direction = { x: fromLeft ? 1 : -1, y: 1 };
    this.bricks = new Set();
    this.last = 0;
    this.hitBrick = false;
    this.reward = 0;
    this.ended = false;
    this.#score = 0;
    this.#fillBricks();
  }

  /**
   * Plays one step (0 stay, 1 left, 2 right). That the last action is repeated at times in place of the one given is the game's
   * secret: in training the agent was told what was chosen, never what the game made of it, and so it is here.
   */
  step(action) {
    if (this.ended) {
      throw new Error("No episode runs: call reset first.");
    }
    this.last = this.random() < this.stickiness ? this.last : action;
    this.#move(moves[this.last]);
    this.#score += this.reward;
    this.#best = Math.max(this.#best, this.#score);
    if (this.ended) {
      this.#played++;
      this.#total += this.#score;
    }
  }

  #move(by) {
    const { ball, direction } = this;
    const hadHit = this.hitBrick;
    this.paddle = clamp(this.paddle + by);
    this.trail = ball;
    this.hitBrick = false;
    this.reward = 0;
    let x = ball.x + direction.x;
    let y = ball.y + direction.y;
    if (x < 0 || x >= side) {
      x = clamp(x);
      direction.x = -direction.x;
    }
    if (y < 0) {
      y = 0;
      direction.y = -direction.y;
    } else if (this.bricks.has(y * side + x)) {
      // Two bricks in two steps in a row: the second lets the ball through.
      if (!hadHit) {
        this.reward = 1;
        this.hitBrick = true;
        this.bricks.delete(y * side + x);
        y = ball.y;
        direction.y = -direction.y;
      }
    } else if (y === paddleRow) {
      if (this.bricks.size === 0) {
        this.#fillBricks();
      }
      if (this.paddle === ball.x) {
        y = ball.y;
        direction.y = -direction.y;
      } else if (this.paddle === x) {
        y = ball.y;
        direction.x = -direction.x;
        direction.y = -direction.y;
      } else {
        this.ended = true;
      }
    }
    this.ball = { x, y };
  }

  /** No rule of the game, so nothing that an agent could know: the ball is half a board away, or near that where no brick is. */
  interfere() {
    const { x, y } = this.ball;
    const columns = [5, 4, 6, 3, 7, 2, 8].map(by => (x + by) % side);
    this.ball = { x: columns.find(column => !this.bricks.has(y * side + column)) ?? columns[0], y };
  }

  get endedWell() {
    return this.ended && this.#score >= this.#total / this.#played;
  }

  /** What the agent sees: a byte for every cell and kind of thing, 255 where there is one, 0 elsewhere. */
  frame() {
    const image = new Uint8Array(side * side * channels.length);
    const set = (cell, channel) => { image[cell * channels.length + channels.indexOf(channel)] = 255; };
    set(paddleRow * side + this.paddle, "paddle");
    set(this.ball.y * side + this.ball.x, "ball");
    set(this.trail.y * side + this.trail.x, "trail");
    this.bricks.forEach(cell => set(cell, "brick"));
    return image;
  }

  draw(board) {
    board.clear();
    for (const cell of this.bricks) {
      const row = Math.floor(cell / side);
      board.brick(row, cell % side, row - brickRows[0]);
    }
    board.paddle(paddleRow, this.paddle);
    board.trail(this.trail.y, this.trail.x);
    board.ball(this.ball.y, this.ball.x, this.ended ? "bad" : "running");
  }

  describe() {
    return `The ball is in row ${this.ball.y + 1} of ${side}, column ${this.ball.x + 1}; the paddle is in column ${this.paddle + 1} `
      + `of ${side}; ${this.bricks.size} of ${brickRows.length * side} bricks are left.`;
  }

  score() {
    const episodes = this.#played === 1 ? " episode" : " episodes";
    const mean = this.#played > 0 ? [", mean ", this.#total / this.#played, " over ", this.#played, episodes] : [];
    return ["Score ", this.#score, "\nBest ", this.#best, ...mean];
  }

  #fillBricks() {
    brickRows.forEach(row => Array.from({ length: side }, (_, column) => this.bricks.add(row * side + column)));
  }
}

function clamp(column) {
  return Math.min(Math.max(column, 0), side - 1);
}
