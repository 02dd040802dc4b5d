// The games that the page can play. A game has
//   name, about                     its heading and a sentence below it
//   shape, actions                  what an agent for it observes (rows, columns, channels) and can do, "left" and "right" among it
//   reset(), step(action), ended    one episode after the other, with its own randomness, exactly as in training
//   frame()                         what the agent sees, as bytes
//   interfere(), interference       an event that the agent is not told about; the label of its button and a hint
//   score(), endedWell, endHint     the score so far, as text and numbers; whether the last episode went well, and what that means
//   draw(board), describe()         draws the board; describes it for screen readers
//   speed, plots                    steps a second, and how far the plots reach: steps back, value and surprise from and to

import { Breakout } from "./breakout.js";
import { Catch } from "./catch.js";

const games = [new Catch(), new Breakout()];

/** The game whose frames the agent observes and whose actions it picks. */
export function gameOf(agent) {
  const game = games.find(game => plays(agent, game));
  if (!game) {
    throw new Error(`The service runs agent '${agent.name}', which plays none of this page's games: ${games.map(({ name }) => name).join(", ")}.`);
  }
  return game;
}

function plays({ observations, action }, game) {
  return observations.length === 1 && same(observations[0].shape, game.shape)
    && action.kind === "discrete" && action.size === game.actions.length && same(action.names ?? game.actions, game.actions);
}

function same(one, other) {
  return one.join() === other.join();
}
