using MacSegmentation.Enforcement;

namespace MacSegmentation.Workers;

public class FairLockTests
{
    [Fact]
    public async Task Who_takes_it_again_at_once_comes_behind_those_who_wait()
    {
        var turn = new FairLock();
        var order = new List<string>();
        turn.Enter();
        var patient = Task.Run(() => Take("patient"), TestContext.Current.CancellationToken);
        await Await.Until(() => turn.Waiting == 1, "the patient one waits");
        turn.Exit();
        Take("greedy");
        await patient;
        Assert.Equal(["patient", "greedy"], order);

        void Take(string name)
        {
            turn.Enter();
            order.Add(name);
            turn.Exit();
        }
    }

    [Fact]
    public async Task Many_threads_have_it_one_at_a_time_in_the_sequence_in_which_they_asked()
    {
        const int Threads = 6;
        const int Turns = 2_000;
        var turn = new FairLock();
        int inside = 0;
        int[] taken = new int[Threads];
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (int i = 0; i < Turns; i++)
                {
                    turn.Enter();
                    Assert.Equal(1, ++inside);
                    taken[thread]++;
                    inside--;
                    turn.Exit();
                }
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.All(taken, count => Assert.Equal(Turns, count));
        Assert.Equal(0, turn.Waiting);
    }
}
