import { ConfigError, logLevelIn } from './config.js';
import { createLog, faultOf } from './logs.js';
import { start, type Running } from './start.js';

/** `npm run serve`: the server of this process. */

function say(error: unknown): void {
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof ConfigError) console.error(message);
  else if (code === 'EADDRINUSE') console.error('PORT: is taken. Choose another, or 0 for any free one.');
  // The system's, or the database's: what it says is enough.
  else if (code) console.error(`The server did not start: ${message}`);
  else console.error(error);
}

function endWith(running: Running, log: ReturnType<typeof createLog>): void {
  const stop = (signal: string) => {
    log.info({ signal }, 'stopping');
    // Whoever asks twice does not want to wait.
    for (const name of ['SIGTERM', 'SIGINT']) process.once(name, () => process.exit(1));
    void running.stop().then(() => {
      log.info('stopped');
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.on('uncaughtException', (error) => {
    log.fatal({ fault: faultOf(error) }, 'ended by a fault');
    process.exit(1);
  });
}

try {
  const log = createLog(logLevelIn(process.env));
  const running = await start(process.env, log);
  endWith(running, log);
  log.info({ address: running.address }, 'listening');
} catch (error) {
  say(error);
  process.exitCode = 1;
}
