namespace Dreamer.Training.Environments.Conformance;

/// <summary>Problems in order of discovery, each once.</summary>
internal sealed class ProblemList
{
    private readonly List<string> _items = [];

    public IReadOnlyList<string> Items => _items;

    public void Add(string problem)
    {
        if (!_items.Contains(problem))
        {
            _items.Add(problem);
        }
    }

    public void AddRange(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }

    public void AddUnlessThrows<TException>(Action call, string what)
        where TException : Exception
    {
        try
        {
            call();
            Add($"{what} was accepted; it must throw {typeof(TException).Name}.");
        }
        catch (TException)
        {
            // As the contract asks.
        }
        catch (Exception e)
        {
            Add($"{what} threw {e.GetType().Name}; it must throw {typeof(TException).Name}.");
        }
    }

    public void AddIfThrows(Action call, string what)
    {
        try
        {
            call();
        }
        catch (Exception e)
        {
            Add($"{what} threw {e.GetType().Name}: {e.Message}");
        }
    }
}
