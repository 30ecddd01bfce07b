using MacSegmentation.Commands;
using MacSegmentation.Output;

using var terminal = Terminal.Open(args);
return MacsegCommand.Run(args, terminal);
