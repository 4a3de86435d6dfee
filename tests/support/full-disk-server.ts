/**
 * For tests only: the production server in a process that can leave its own database without room, when the test that
 * started it says so. Nothing of it is in the product.
 */
import { theApp } from '../../src/lib/server/platform.ts';
import { fillDisk } from './full-disk.ts';

let makeRoom = (): void => {};
process.on('message', (wish) => {
	if (wish === 'fill') makeRoom = fillDisk(theApp());
	else makeRoom();
	process.send?.('done');
});
await import('../../src/server.ts');
