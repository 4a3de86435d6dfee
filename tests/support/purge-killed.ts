/** For tests only, in a process of its own: purges a store, and is killed at the first row that a table loses. */
import { argv, kill, pid } from 'node:process';
import { purgeDeleted } from '../../src/lib/server/notebooks/purge.ts';
import { testApp } from './app.ts';

const [folder, table] = argv.slice(2);
const { app } = testApp(folder);
app.db.$client.function('die', () => {
	kill(pid, 'SIGKILL');
	return 0;
});
app.db.$client.exec(`create temp trigger killed before delete on ${table} begin select die(); end`);
await purgeDeleted(app);
