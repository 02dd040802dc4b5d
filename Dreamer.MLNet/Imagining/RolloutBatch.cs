using Dreamer.Inference;
using Dreamer.MLNet.Execution;
using Dreamer.MLNet.Rows;
using Dreamer.MLNet.Schema;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet;

/// <summary>Imagines the rollouts of rows, all of them step by step together. A row's rollouts lie side by side.</summary>
internal sealed class RolloutBatch : RowBatch
{
    private static readonly string[] HeadsOfReturn = [TensorNames.Reward, TensorNames.Discount, TensorNames.Value];

    private readonly ImagineRolloutOptions _options;
    private readonly int _branches;
    private readonly int _actionSize;
    private readonly bool _valueIncludesReward;
    private readonly bool _wantsReturn;
    private readonly RolloutGraphs _step;
    private readonly VectorReader<float> _readLatent;
    private readonly ActionSequenceReader? _readActions;
    private readonly NoiseReader? _readNoise;
    private readonly RowNoise[] _noise;
    private readonly RowStore _actions;
    private readonly Dictionary<string, RowStore> _heads;
    private readonly RowStore _returns = new(1);

    internal RolloutBatch(
        IReadOnlyList<AgentGraph> graphs, AgentManifest manifest, ImagineRolloutOptions options, DataViewRow input, ActiveColumns active, int capacity)
    {
        var schema = input.Schema;
        (_options, _actionSize, _valueIncludesReward) = (options, manifest.Action.Size, manifest.Heads.ValueIncludesReward);
        _branches = ImagineRolloutTransformer.Branches(manifest, options);
        _readLatent = new VectorReader<float>(input, schema[options.InputColumnName]);
        if (options.Actions == ImaginedActions.Given)
        {
            _readActions = new ActionSequenceReader(input, schema[options.ActionsColumnName], _actionSize, manifest.Action.Names);
        }
        if (options.SamplesLatents || options.SamplesActions)
        {
            _readNoise = new NoiseReader(input, schema[options.EpisodeIdColumnName], schema[options.StepColumnName], options.Seed);
        }

        _wantsReturn = active.ContainsOutput((int)RolloutOutput.Return);
        string[] heads = _wantsReturn ? HeadsOfReturn : [.. HeadsOfReturn.Where(head => active.ContainsOutput((int)OutputOf(head)))];
        var rollouts = capacity * _branches;
        _step = new RolloutGraphs(graphs, manifest, options, rollouts, heads);
        _noise = new RowNoise[capacity];
        _actions = new RowStore(options.Horizon * _actionSize);
        _heads = heads.ToDictionary(head => head, _ => new RowStore(options.Horizon));
        foreach (var store in _heads.Values.Append(_actions).Append(_returns))
        {
            store.Resize(rollouts);
        }
    }

    public override void Dispose() => _step.Dispose();

    internal override void Read(int row)
    {
        var first = row * _branches;
        _readLatent.Read(_step.Latent.Row(first));
        for (var branch = 1; branch < _branches; branch++)
        {
            _step.Latent.Row(first).CopyTo(_step.Latent.Row(first + branch));
        }
        _readActions?.Read(_actions.Row(row));
        if (_readNoise is not null)
        {
            _noise[row] = _readNoise.Locate();
        }
    }

    internal override void Run(int rows)
    {
        var rollouts = rows * _branches;
        for (var step = 0; step < _options.Horizon; step++)
        {
            ChooseActions(step, rollouts);
            for (var rollout = 0; _options.SamplesLatents && rollout < rollouts; rollout++)
            {
                _noise[rollout / _branches].Fill(_step.LatentNoise.Row(rollout), NoiseStream.Prior, branch: step);
            }
            _step.Advance(rollouts);
            foreach (var (name, store) in _heads)
            {
                for (var rollout = 0; rollout < rollouts; rollout++)
                {
                    store.Row(rollout)[step] = _step.Heads[name].Row(rollout)[0];
                }
            }
        }
        for (var rollout = 0; _wantsReturn && rollout < rollouts; rollout++)
        {
            _returns.Row(rollout)[0] = Return(rollout);
        }
    }

    internal override Delegate Getter(int output, Func<int> row)
    {
        var store = (RolloutOutput)output switch
        {
            RolloutOutput.Actions => _actions,
            RolloutOutput.Return => _returns,
            RolloutOutput.Rewards => _heads[TensorNames.Reward],
            RolloutOutput.Discounts => _heads[TensorNames.Discount],
            _ => _heads[TensorNames.Value],
        };
        return store == _returns && _options.Actions != ImaginedActions.Each
            ? (ValueGetter<float>)((ref float value) => value = _returns.Row(row())[0])
            : (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => CopyTo(ref value, store.Rows(row() * _branches, _branches)));
    }

    private static RolloutOutput OutputOf(string head) => head switch
    {
        TensorNames.Reward => RolloutOutput.Rewards,
        TensorNames.Discount => RolloutOutput.Discounts,
        _ => RolloutOutput.Values,
    };

    private void ChooseActions(int step, int rollouts)
    {
        var given = _options.Actions == ImaginedActions.Given;
        if (_options.Actions == ImaginedActions.Each && step == 0)
        {
            _step.Action.Rows(rollouts).Clear();
            for (var rollout = 0; rollout < rollouts; rollout++)
            {
                _step.Action.Row(rollout)[rollout % _branches] = 1;
            }
        }
        else if (!given)
        {
            for (var rollout = 0; _options.SamplesActions && rollout < rollouts; rollout++)
            {
                _noise[rollout / _branches].Fill(_step.ActionNoise.Row(rollout), NoiseStream.ImaginedAction, branch: step);
            }
            _step.ChooseActions(rollouts);
        }

        for (var rollout = 0; rollout < rollouts; rollout++)
        {
            var taken = _step.Action.Row(rollout);
            var kept = _actions.Row(rollout).Slice(step * _actionSize, _actionSize);
            if (given)
            {
                kept.CopyTo(taken);
            }
            else
            {
                taken.CopyTo(kept);
            }
        }
    }

    // A value that includes its state's reward replaces the last reward; otherwise it follows the last reward.
    private float Return(int rollout)
    {
        var rewards = _heads[TensorNames.Reward].Row(rollout);
        var discounts = _heads[TensorNames.Discount].Row(rollout);
        var (sum, weight) = (0f, 1f);
        for (var step = 0; step < (_valueIncludesReward ? _options.Horizon - 1 : _options.Horizon); step++)
        {
            sum += weight * rewards[step];
            weight *= discounts[step];
        }
        return sum + (weight * _heads[TensorNames.Value].Row(rollout)[^1]);
    }
}
