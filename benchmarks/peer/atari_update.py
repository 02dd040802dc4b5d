#!/usr/bin/python3
"""Times updates of the `atari` preset's networks and losses, written plainly in PyTorch, in one thread: `atari_update.py UPDATES [THREADS]`.

    LD_LIBRARY_PATH=/usr/lib/x86_64-linux-gnu/openblas-pthread OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 benchmarks/peer/atari_update.py 2

64x64x1 frames, 18 actions, 16 sequences of 50 rows, horizon 15: 22,245,398 weights, which is checked. Imagination leaves no gradient, as here.
Prints one line: for every update its milliseconds by the clock and by the processor.
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

BATCH, LENGTH, HORIZON, ACTIONS, WARM_UP = 16, 50, 15, 18, 1
DETER, STOCH, CLASSES, HIDDEN, EMBEDDING, DEPTH = 600, 32, 32, 600, 1536, 48
FEATURES = STOCH * CLASSES + DETER
TRAINABLE = 22_245_398


def head(outputs):
    layers = [nn.Linear(FEATURES, 400), nn.ELU()]
    for _ in range(3):
        layers += [nn.Linear(400, 400), nn.ELU()]
    return nn.Sequential(*layers, nn.Linear(400, outputs))


def sample(logits):
    """Straight-through categoricals, in a row."""
    probabilities = logits.softmax(-1)
    index = torch.multinomial(probabilities.flatten(0, -2), 1).view(probabilities.shape[:-1])
    return (F.one_hot(index, logits.shape[-1]) + probabilities - probabilities.detach()).flatten(-2)


def divergence(left, right):
    left, right = left.log_softmax(-1), right.log_softmax(-1)
    return (left.exp() * (left - right)).sum((-1, -2)).mean()


class WorldModel(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(
            nn.Conv2d(1, DEPTH, 4, 2), nn.ELU(), nn.Conv2d(DEPTH, 2 * DEPTH, 4, 2), nn.ELU(),
            nn.Conv2d(2 * DEPTH, 4 * DEPTH, 4, 2), nn.ELU(), nn.Conv2d(4 * DEPTH, 8 * DEPTH, 4, 2), nn.ELU(), nn.Flatten())
        self.decoder = nn.Sequential(
            nn.Linear(FEATURES, EMBEDDING), nn.Unflatten(1, (EMBEDDING, 1, 1)),
            nn.ConvTranspose2d(EMBEDDING, 4 * DEPTH, 5, 2), nn.ELU(), nn.ConvTranspose2d(4 * DEPTH, 2 * DEPTH, 5, 2), nn.ELU(),
            nn.ConvTranspose2d(2 * DEPTH, DEPTH, 6, 2), nn.ELU(), nn.ConvTranspose2d(DEPTH, 1, 6, 2))
        self.img_in = nn.Sequential(nn.Linear(STOCH * CLASSES + ACTIONS, HIDDEN), nn.ELU())
        self.gru, self.norm = nn.Linear(HIDDEN + DETER, 3 * DETER), nn.LayerNorm(3 * DETER)
        self.prior = nn.Sequential(nn.Linear(DETER, HIDDEN), nn.ELU(), nn.Linear(HIDDEN, STOCH * CLASSES))
        self.posterior = nn.Sequential(nn.Linear(DETER + EMBEDDING, HIDDEN), nn.ELU(), nn.Linear(HIDDEN, STOCH * CLASSES))
        self.reward, self.discount = head(1), head(1)

    def advance(self, stoch, deter, action):
        parts = self.norm(self.gru(torch.cat([self.img_in(torch.cat([stoch, action], -1)), deter], -1)))
        reset, candidate, update = parts.chunk(3, -1)
        update = torch.sigmoid(update - 1)
        return update * torch.tanh(torch.sigmoid(reset) * candidate) + (1 - update) * deter

    def logits(self, layers, *inputs):
        return layers(torch.cat(inputs, -1)).unflatten(-1, (STOCH, CLASSES))

    def loss(self, images, actions, rewards, discounts):
        embedding = self.encoder(images.flatten(0, 1)).unflatten(0, (LENGTH, BATCH))
        stoch, deter = torch.zeros(BATCH, STOCH * CLASSES), torch.zeros(BATCH, DETER)
        features, deters, posteriors = [], [], []
        for row in range(LENGTH):
            deter = self.advance(stoch, deter, actions[row])
            posterior = self.logits(self.posterior, deter, embedding[row])
            stoch = sample(posterior)
            features.append(torch.cat([stoch, deter], -1))
            deters.append(deter)
            posteriors.append(posterior)
        features, posterior = torch.cat(features), torch.cat(posteriors)
        prior = self.logits(self.prior, torch.cat(deters))
        kl = 0.8 * divergence(posterior.detach(), prior) + 0.2 * divergence(posterior, prior.detach())
        image = ((self.decoder(features) - images.flatten(0, 1)) ** 2).flatten(1).sum(-1).mean() / 2
        reward = ((self.reward(features)[:, 0] - rewards.flatten()) ** 2).mean() / 2
        discount = F.binary_cross_entropy_with_logits(self.discount(features)[:, 0], discounts.flatten())
        return image + reward + 5 * discount + 0.1 * kl, features.detach()


def lambda_returns(rewards, discounts, values):
    result = [values[-1]]
    for step in reversed(range(len(rewards) - 1)):
        result.append(rewards[step] + discounts[step] * (0.05 * values[step + 1] + 0.95 * result[-1]))
    return torch.stack(result[:0:-1])


def step(optimizer, loss, weights):
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(weights, 100)
    optimizer.step()


def main():
    updates = int(sys.argv[1])
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    torch.manual_seed(1)
    world, actor, critic, target = WorldModel(), head(ACTIONS), head(1), head(1)
    parts = [(module, torch.optim.AdamW(module.parameters(), rate, eps=1e-5, weight_decay=1e-6))
             for module, rate in ((world, 2e-4), (actor, 4e-5), (critic, 1e-4))]
    assert sum(weight.numel() for module, _ in parts for weight in module.parameters()) == TRAINABLE
    images = torch.randint(256, (LENGTH, BATCH, 1, 64, 64), dtype=torch.uint8)
    actions = F.one_hot(torch.randint(ACTIONS, (LENGTH, BATCH)), ACTIONS).float()
    rewards, discounts = torch.randn(LENGTH, BATCH), torch.ones(LENGTH, BATCH)

    def update():
        loss, features = world.loss(images.float() / 255 - 0.5, actions, rewards, discounts)
        step(parts[0][1], loss, list(world.parameters()))
        seen, chosen = [features], []
        with torch.no_grad():
            for _ in range(HORIZON):
                stoch, deter = features.split([STOCH * CLASSES, DETER], -1)
                action = F.one_hot(torch.multinomial(actor(features).softmax(-1), 1)[:, 0], ACTIONS).float()
                deter = world.advance(stoch, deter, action)
                features = torch.cat([sample(world.logits(world.prior, deter)), deter], -1)
                seen.append(features)
                chosen.append(action)
            seen, chosen = torch.stack(seen), torch.stack(chosen)
            rewards_seen, ends = world.reward(seen)[..., 0], torch.sigmoid(world.discount(seen)[..., 0]) * 0.999
            values = target(seen)[..., 0]
            returns = lambda_returns(rewards_seen, ends, values)
            weight = torch.cumprod(torch.cat([torch.ones_like(ends[:1]), ends[:-2]]), 0)
        policy = torch.distributions.Categorical(logits=actor(seen[:-1]))
        advantage = returns - values[:-1]
        gain = policy.log_prob(chosen.argmax(-1)) * advantage + 1e-3 * policy.entropy()
        step(parts[1][1], -(weight * gain).mean(), list(actor.parameters()))
        step(parts[2][1], (weight * (critic(seen[:-1])[..., 0] - returns) ** 2 / 2).mean(), list(critic.parameters()))

    times = []
    for _ in range(WARM_UP + updates):
        clock, processor = time.perf_counter(), time.process_time()
        update()
        times.append(f"{(time.perf_counter() - clock) * 1e3:.3f}/{(time.process_time() - processor) * 1e3:.3f}")
    print("updates " + " ".join(times[WARM_UP:]))


if __name__ == "__main__":
    main()
