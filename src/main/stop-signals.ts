/** How a program ends when it is told to. */
interface Ending {
  /** Ends what is under way, in order. */
  inOrder(): Promise<void>;
  /** By this time it has ended, in order or not, in milliseconds after the signal. */
  deadlineMs: number;
  /** Exits. */
  exit(status: number): void;
}

/** npm passes Ctrl-C on to a program that has heard it from the terminal already; a person takes longer. */
const SAME_SIGNAL_MS = 250;

/** Ends in order at the first signal (also when the terminal is closed), and at once at another one. */
export function onStopSignal({ inOrder, deadlineMs, exit }: Ending): void {
  let firstAtMs: number | undefined;
  const end = () => {
    if (firstAtMs !== undefined) {
      if (performance.now() - firstAtMs > SAME_SIGNAL_MS) exit(1);
      return;
    }
    firstAtMs = performance.now();
    setTimeout(() => exit(1), deadlineMs).unref();
    inOrder().then(
      () => exit(0),
      () => exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
}
