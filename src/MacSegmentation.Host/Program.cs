using MacSegmentation.Commands;
using MacSegmentation.Output;

using var terminal = Terminal.Open();
return MacsegCommand.Run(args, terminal);
