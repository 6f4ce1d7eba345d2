"""Trains one of the specimen models on the batches that specimen.ts prepared.

    train.py FOLDER [--threads N]

FOLDER/plan.json says what kind of model, its shape, the tensors in file order and the batches; FOLDER/tokens.u16 and
FOLDER/weights.u8 hold the batches one after another. Written: FOLDER/weights.f32 (the tensors, in that order) and
FOLDER/log.json. Needs PyTorch 1.13 or later and NumPy; a CPU is enough.
"""

import argparse
import json
import math
import pathlib
import time

import numpy as np
import torch
import torch.nn.functional as F


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--threads", type=int, default=2)
    arguments = arguments.parse_args()
    torch.set_num_threads(arguments.threads)
    # Averages of gradients that are mostly zero fade into denormal numbers, with which processors are slow.
    torch.set_flush_denormal(True)
    plan = json.loads((arguments.folder / "plan.json").read_text())
    torch.manual_seed(plan["seed"])

    model = Transformer(plan)
    loss_of = {"language": next_token_loss, "embedding": contrastive_loss, "ranking": ranking_loss}[plan["kind"]]
    log = train(model, plan, batches(arguments.folder, plan), loss_of)

    with open(arguments.folder / "weights.f32", "wb") as file:
        for tensor in plan["tensors"]:
            file.write(model.exported(tensor["name"]).numpy().astype("<f4").tobytes())
    (arguments.folder / "log.json").write_text(json.dumps(log))


def batches(folder, plan):
    """Yields (tokens, weights), both [rows, length]; a weight is that of the token as something to predict."""
    tokens = np.memmap(folder / "tokens.u16", dtype="<u2", mode="r")
    weights = np.memmap(folder / "weights.u8", dtype="u1", mode="r")
    at = 0
    for rows, length in plan["batches"]:
        end = at + rows * length
        yield (
            torch.from_numpy(tokens[at:end].astype(np.int64).reshape(rows, length)),
            torch.from_numpy(weights[at:end].astype(np.float32).reshape(rows, length)),
        )
        at = end


class Transformer:
    """Llama's layers (RMSNorm, RoPE, grouped queries, SwiGLU, tied output); with `qkNorm` those of Qwen3."""

    def __init__(self, plan):
        shape = plan["shape"]
        self.layers, self.heads, self.kv_heads = shape["layers"], shape["heads"], shape["kvHeads"]
        self.head_width, self.base = shape["headWidth"], shape["ropeBase"]
        self.interleaved = shape["architecture"] == "llama"
        # Half the time where the processor multiplies it, and the same everywhere.
        self.low = torch.bfloat16
        self.tables = {}
        self.parts = {}
        self.weights = {}
        for tensor in plan["tensors"]:
            size = list(reversed(tensor["dimensions"]))
            name = tensor["name"]
            if len(size) == 1:
                start = torch.zeros(size) if name.endswith(".bias") else torch.ones(size)
            else:
                deep = name.endswith(("attn_output.weight", "ffn_down.weight"))
                scale = 0.02 if name == "token_embd.weight" else size[1] ** -0.5
                start = torch.randn(size) * scale * ((2 * self.layers) ** -0.5 if deep else 1)
            self.weights[name] = start.requires_grad_()

    def hidden(self, tokens):
        """Token ids [rows, length] to what the last layer makes of them, normalised: [rows, length, width]."""
        w = {name: weight.to(self.low) for name, weight in self.weights.items()}
        x = F.embedding(tokens, self.weights["token_embd.weight"])
        for n in range(self.layers):
            b = f"blk.{n}."
            y = norm(x, self.weights[b + "attn_norm.weight"]).to(self.low)
            x = x + F.linear(self.attend(y, w, b), w[b + "attn_output.weight"]).float()
            y = norm(x, self.weights[b + "ffn_norm.weight"]).to(self.low)
            y = F.silu(F.linear(y, w[b + "ffn_gate.weight"])) * F.linear(y, w[b + "ffn_up.weight"])
            x = x + F.linear(y, w[b + "ffn_down.weight"]).float()
        return norm(x, self.weights["output_norm.weight"])

    def attend(self, y, w, b):
        rows, length, _ = y.shape
        split = lambda t, heads: t.view(rows, length, heads, self.head_width).transpose(1, 2)
        q = split(F.linear(y, w[b + "attn_q.weight"]), self.heads)
        k = split(F.linear(y, w[b + "attn_k.weight"]), self.kv_heads)
        v = split(F.linear(y, w[b + "attn_v.weight"]), self.kv_heads)
        if b + "attn_q_norm.weight" in self.weights:
            q = norm(q, self.weights[b + "attn_q_norm.weight"])
            k = norm(k, self.weights[b + "attn_k_norm.weight"])
        q = self.rotate(q.float()).to(self.low) * self.head_width**-0.5
        k = self.rotate(k.float()).to(self.low)
        # The queries of a group stand one after another against their one key head.
        group = self.heads // self.kv_heads
        q = q.reshape(rows * self.kv_heads, group, length, self.head_width)
        k = k.reshape(rows * self.kv_heads, length, self.head_width).transpose(1, 2)
        v = v.reshape(rows * self.kv_heads, length, self.head_width)
        seen = []
        step = 256
        # Block by block, so that no score is computed that the causal mask would hide but in the block itself.
        for start in range(0, length, step):
            end = min(start + step, length)
            part = q[:, :, start:end].reshape(rows * self.kv_heads, group * (end - start), self.head_width)
            scores = torch.bmm(part, k[:, :, :end]).view(-1, group, end - start, end)
            scores = scores + self.mask(end - start, end)
            shares = torch.softmax(scores, dim=-1).view(-1, group * (end - start), end)
            seen.append(torch.bmm(shares, v[:, :end]).view(-1, group, end - start, self.head_width))
        joined = torch.cat(seen, dim=2).view(rows, self.heads, length, self.head_width)
        return joined.transpose(1, 2).reshape(rows, length, self.heads * self.head_width)

    def mask(self, queries, keys):
        found = self.tables.get((queries, keys))
        if found is None:
            hidden = torch.ones(queries, keys, dtype=torch.bool).triu(keys - queries + 1)
            found = torch.zeros(queries, keys).masked_fill(hidden, -1e30).to(self.low)
            self.tables[(queries, keys)] = found
        return found

    def rotate(self, x):
        """RoPE on halves; `exported` reorders the rows for architectures that rotate neighbours."""
        length, half = x.shape[-2], self.head_width // 2
        if length not in self.tables:
            angles = torch.arange(length)[:, None] * self.base ** (-torch.arange(half) / half)
            self.tables[length] = (angles.cos(), angles.sin())
        cos, sin = self.tables[length]
        a, b = x[..., :half], x[..., half:]
        return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)

    def logits(self, hidden):
        weight = self.weights["token_embd.weight"].to(self.low)
        return F.linear(hidden.to(self.low), weight).float()

    def exported(self, name):
        weight = self.weights[name].detach()
        if self.interleaved and name.endswith(("attn_q.weight", "attn_k.weight")):
            heads = weight.shape[0] // self.head_width
            halves = weight.view(heads, 2, self.head_width // 2, -1)
            weight = halves.transpose(1, 2).reshape(weight.shape)
        return weight.contiguous()


def norm(x, weight):
    x = x.float()
    return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-5) * weight


def next_token_loss(model, tokens, weights, plan):
    hidden = model.hidden(tokens[:, :-1]).flatten(0, 1)
    targets, share = tokens[:, 1:].flatten(), weights[:, 1:].flatten()
    asked = (share > 0).nonzero().squeeze(1)
    # A round number of rows: for every new size the matrix library compiles another kernel.
    asked = F.pad(asked, (0, -len(asked) % 1024), value=int(asked[0]))[: len(share)]
    losses = F.cross_entropy(model.logits(hidden[asked]), targets[asked], reduction="none")
    share = share[asked]
    for weight in share.unique().tolist():
        model.parts.setdefault(int(weight), []).append(losses[share == weight].mean().item())
    return (losses * share).sum() / share.sum()


def last_hidden(model, tokens):
    """What stands at each row's last token that isn't padding; a row may begin with that token."""
    last = (tokens[:, 1:] != model.padding).sum(dim=1)
    return model.hidden(tokens)[torch.arange(len(tokens)), last]


def contrastive_loss(model, tokens, weights, plan):
    """Rows: questions, then their passages in the same order. Each question is to find its own passage among all."""
    vectors = F.normalize(last_hidden(model, tokens), dim=-1)
    questions, passages = vectors.chunk(2)
    scores = questions @ passages.T / plan["temperature"]
    right = torch.arange(len(questions))
    return (F.cross_entropy(scores, right) + F.cross_entropy(scores.T, right)) / 2


def ranking_loss(model, tokens, weights, plan):
    """Rows: question and passage in one; the first weight says whether they belong together."""
    hidden = last_hidden(model, tokens)
    scores = F.linear(hidden, model.weights["cls.output.weight"])
    return F.cross_entropy(scores, 1 - weights[:, 0].long())


class Muon:
    """Momentum whose every update is made orthogonal (Jordan et al. 2024, kellerjordan.github.io/posts/muon): on the
    layers' matrices it needs a third of the tokens that AdamW needs here."""

    def __init__(self, matrices, rate, momentum=0.95, decay=0.02):
        self.matrices, self.rate, self.momentum, self.decay = matrices, rate, momentum, decay
        self.averages = [torch.zeros_like(matrix) for matrix in matrices]

    @torch.no_grad()
    def step(self, fraction, low):
        for matrix, average in zip(self.matrices, self.averages):
            average.mul_(self.momentum).add_(matrix.grad)
            update = orthogonal((matrix.grad + self.momentum * average).to(low)).float()
            rate = self.rate * fraction
            shape = max(1, matrix.shape[0] / matrix.shape[1]) ** 0.5
            matrix.mul_(1 - rate * self.decay).add_(update, alpha=-rate * shape)


def orthogonal(x):
    """About U V^T of x = U S V^T, by five Newton-Schulz steps of the fifth degree."""
    tall = x.shape[0] > x.shape[1]
    x = (x.T if tall else x) / (x.norm() + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = 3.4445 * x + (-4.775 * square + 2.0315 * square @ square) @ x
    return x.T if tall else x


def train(model, plan, steps, loss_of):
    model.padding = plan["padding"]
    everything = list(model.weights.values())
    inner = [w for name, w in model.weights.items() if w.dim() > 1 and name.startswith("blk.")]
    muon = Muon(inner, plan["innerRate"])
    outer = [w for w in everything if not any(w is matrix for matrix in inner)]
    optimiser = torch.optim.AdamW(outer, lr=plan["rate"], betas=(0.9, 0.98), weight_decay=0)
    total = len(plan["batches"])
    warm = max(1, total // 50)
    log, recent, seen, start = [], [], 0, time.time()
    for step, (tokens, weights) in enumerate(steps):
        fraction = min(1, step / warm) if step < warm else (1 + math.cos(math.pi * (step - warm) / (total - warm))) / 2
        fraction = max(fraction, 0.02)
        for group in optimiser.param_groups:
            group["lr"] = plan["rate"] * fraction
        loss = loss_of(model, tokens, weights, plan)
        for weight in everything:
            weight.grad = None
        loss.backward()
        torch.nn.utils.clip_grad_norm_(everything, 1.0)
        optimiser.step()
        muon.step(fraction, model.low)
        recent.append(loss.item())
        seen += tokens.numel()
        if (step + 1) % 100 == 0 or step + 1 == total:
            seconds = time.time() - start
            log.append({"step": step + 1, "loss": sum(recent) / len(recent), "seconds": round(seconds)})
            # By weight: what kind of token it is, and how well it is foreseen.
            log[-1]["parts"] = {weight: round(sum(part) / len(part), 3) for weight, part in sorted(model.parts.items())}
            print(f"{step + 1}/{total} {json.dumps(log[-1])} {seen / seconds:.0f} tokens/s", flush=True)
            model.parts.clear()
            recent = []
    return log


main()
