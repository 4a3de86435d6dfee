/**
 * Folds a notebook's log and is killed by it: after the snapshot was written and before the updates that it holds are
 * gone. Arguments: the folder of the data, the notebook.
 */
import * as Y from 'yjs';
import { Journal } from '../../src/lib/server/collab/journal.ts';
import { testApp } from '../support/app.ts';

const [folder = '', notebookId = ''] = process.argv.slice(2);
const { app } = testApp(folder);
const { $client } = app.db;
$client.function('die', () => process.kill(process.pid, 'SIGKILL'));
$client.exec(`create temp trigger killed before delete on main.notebook_updates begin select die(); end`);
const journal = new Journal(app);
journal.load(notebookId, new Y.Doc());
await journal.left(notebookId);
console.log('alive');
