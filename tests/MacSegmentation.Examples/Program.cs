using MacSegmentation.Examples;

// dotnet run --project tests/MacSegmentation.Examples [folder]: writes the example's two files, docs/examples unless told otherwise.
string folder = args.Length > 0 ? args[0] : Path.Combine("docs", "examples");
Directory.CreateDirectory(folder);
CamerasAndPlc.WriteCapture(Path.Combine(folder, CamerasAndPlc.CaptureName));
CamerasAndPlc.WriteConfiguration(Path.Combine(folder, CamerasAndPlc.ConfigurationName));
Console.WriteLine($"Wrote {CamerasAndPlc.CaptureName} and {CamerasAndPlc.ConfigurationName} to {Path.GetFullPath(folder)}.");
