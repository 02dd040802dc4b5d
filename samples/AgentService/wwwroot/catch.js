// Catch, as the agent learnt it: a ball starts in a random column of the top row and falls a row a step; a paddle starts in the
// middle of the bottom row. The episode ends when the ball is there, with +1 if the paddle is below it and -1 otherwise.
// games.js describes a game's interface to the page.

const rows = 10;
const columns = 5;

export class Catch {
  name = "Catch";
  shape = [rows, columns, 1];
  actions = ["left", "stay", "right"];
  about = "A ball falls, a paddle catches it: +1, or -1 for a miss.";
  endHint = "filled if the ball was caught, hollow if it was missed";
  interference = { label: "Blow the ball aside", hint: "Of the wind it is not told: watch its surprise." };
  speed = 4;
  plots = { steps: 60, value: [-1, 1], surprise: [0, 4] };

  #caught = 0;
  #played = 0;

  constructor(random = Math.random) {
    this.random = random;
    this.reset();
  }

  reset() {
    this.ballRow = 0;
    this.ballColumn = Math.floor(this.random() * columns);
    this.paddle = Math.floor(columns / 2);
    this.reward = 0;
    this.ended = false;
  }

  /** Moves the paddle (0 left, 1 stay, 2 right) and lets the ball fall. */
  step(action) {
    if (this.ended) {
      throw new Error("No episode runs: call reset first.");
    }
    this.paddle = Math.min(Math.max(this.paddle + action - 1, 0), columns - 1);
    this.ballRow++;
    this.ended = this.ballRow === rows - 1;
    this.reward = !this.ended ? 0 : this.paddle === this.ballColumn ? 1 : -1;
    if (this.ended) {
      this.#played++;
      this.#caught += this.endedWell ? 1 : 0;
    }
  }

  /** No rule of the game, so nothing that an agent could know: the ball is somewhere else. */
  interfere() {
    this.ballColumn = (this.ballColumn + 2) % columns;
  }

  get endedWell() {
    return this.ended && this.reward > 0;
  }

  /** What the agent sees: one byte a cell, row by row; 255 for ball and paddle, 0 elsewhere. */
  frame() {
    const image = new Uint8Array(rows * columns);
    image[this.ballRow * columns + this.ballColumn] = 255;
    image[(rows - 1) * columns + this.paddle] = 255;
    return image;
  }

  draw(board) {
    board.clear();
    board.paddle(rows - 1, this.paddle);
    board.ball(this.ballRow - (this.ended ? .2 : 0), this.ballColumn, !this.ended ? "running" : this.endedWell ? "good" : "bad");
  }

  describe() {
    return `The ball is in row ${this.ballRow + 1} of ${rows}, column ${this.ballColumn + 1}; `
      + `the paddle is in column ${this.paddle + 1} of ${columns}.`;
  }

  score() {
    return [this.#caught, " of ", this.#played, " caught"];
  }
}
