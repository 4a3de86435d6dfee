/** What runs in the thread that reckons what copies changed: bytes in, words out. It opens no database. */
import { parentPort } from 'node:worker_threads';
import { answerAsks } from '../lone-thread.ts';
import { reckon } from './reckoner.ts';

answerAsks(parentPort, reckon);
