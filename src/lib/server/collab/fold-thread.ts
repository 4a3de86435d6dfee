/** What runs in the thread that folds logs into snapshots: bytes in, bytes out. It opens no database. */
import { parentPort } from 'node:worker_threads';
import { answerAsks } from '../lone-thread.ts';
import { foldAsked } from './folder.ts';

answerAsks(parentPort, foldAsked);
