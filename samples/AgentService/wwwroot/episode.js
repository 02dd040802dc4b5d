// One episode of the agent over one WebSocket: a frame out, the answer in, in order. The episode ends with the connection.

export class Episode {
  #socket;
  #waiting = [];
  #end = new Error("The episode has ended.");

  /** Begins an episode. */
  static begin(options) {
    const url = new URL("v1/episode", document.baseURI);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.search = new URLSearchParams(options).toString();
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      socket.onopen = () => resolve(new Episode(socket));
      socket.onclose = () => reject(new Error("The service began no episode."));
    });
  }

  constructor(socket) {
    this.#socket = socket;
    socket.onmessage = event => this.#answered(JSON.parse(event.data));
    socket.onclose = event => this.#closed(event.reason || "the connection was lost");
  }

  /** Takes a frame that the agent's last action led to, and answers with the next action. */
  act(frame) {
    return this.#ask(frame);
  }

  /** Takes a frame that another action led to than the one that the agent proposed. */
  observe(frame, executedAction) {
    return this.#ask(JSON.stringify({ image: btoa(String.fromCharCode(...frame)), executedAction }));
  }

  end() {
    this.#socket.close(1000);
  }

  #ask(message) {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        reject(this.#end);
        return;
      }
      this.#waiting.push({ resolve, reject });
      this.#socket.send(message);
    });
  }

  #answered(answer) {
    const { resolve, reject } = this.#waiting.shift();
    // A problem has a status; an answer has none.
    if ("status" in answer) {
      reject(new Error(answer.detail ?? answer.title));
    } else {
      resolve(answer);
    }
  }

  #closed(reason) {
    this.#end = new Error(`The episode ended: ${reason}.`);
    for (const { reject } of this.#waiting.splice(0)) {
      reject(this.#end);
    }
  }
}
