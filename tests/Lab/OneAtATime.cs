// Deadlines are measured here, and a segment's load takes a core: the tests would disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
