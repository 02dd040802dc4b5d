// Draws games: a grid of cells, and things in them by row and column.

const cell = 50;
const balls = { running: "#ffd75e", good: "#8ee08e", bad: "#ff9d8a" };
const bricks = ["#e2725b", "#dba24a", "#6bb08a"];

export class Board {
  #pen;
  #rows;
  #columns;

  constructor(canvas, [rows, columns]) {
    canvas.width = columns * cell;
    canvas.height = rows * cell;
    this.#pen = canvas.getContext("2d");
    this.#rows = rows;
    this.#columns = columns;
  }

  clear() {
    this.#pen.clearRect(0, 0, this.#columns * cell, this.#rows * cell);
    this.#pen.strokeStyle = "rgba(255, 255, 255, .12)";
    for (let row = 0; row < this.#rows; row++) {
      for (let column = 0; column < this.#columns; column++) {
        this.#pen.strokeRect(column * cell + .5, row * cell + .5, cell - 1, cell - 1);
      }
    }
  }

  paddle(row, column) {
    this.#block(row + .55, column, .4, "#8fd0ff");
  }

  brick(row, column, kind) {
    this.#block(row + .12, column, .76, bricks[kind]);
  }

  ball(row, column, state) {
    this.#disc(row, column, .32, balls[state]);
  }

  trail(row, column) {
    this.#disc(row, column, .2, "rgba(255, 215, 94, .4)");
  }

  #block(row, column, height, color) {
    this.#pen.fillStyle = color;
    this.#pen.fillRect(column * cell + 3, row * cell, cell - 6, height * cell);
  }

  #disc(row, column, radius, color) {
    this.#pen.fillStyle = color;
    this.#pen.beginPath();
    this.#pen.arc((column + .5) * cell, (row + .5) * cell, radius * cell, 0, 2 * Math.PI);
    this.#pen.fill();
  }
}
