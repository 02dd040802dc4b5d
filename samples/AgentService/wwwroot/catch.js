// The rules of Catch, as the agent learnt them: a ball starts in a random column of the top row and falls a row a step; a paddle
// starts in the middle of the bottom row. The episode ends when the ball is there, with +1 where the paddle is below it and -1 elsewhere.

export const rows = 10;
export const columns = 5;

export class Catch {
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
  }

  /** No rule of the game, so nothing that an agent could know: the ball is somewhere else. */
  gust() {
    this.ballColumn = (this.ballColumn + 2) % columns;
  }

  /** What the agent sees: one byte a cell, row by row; 255 for ball and paddle, 0 elsewhere. */
  frame() {
    const image = new Uint8Array(rows * columns);
    image[this.ballRow * columns + this.ballColumn] = 255;
    image[(rows - 1) * columns + this.paddle] = 255;
    return image;
  }
}
