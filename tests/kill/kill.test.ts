import { expect, it } from 'vitest';
import { freePort } from '../support/port.ts';
import { play, type Play } from './harness.ts';
import { Ledger } from './ledger.ts';
import { read } from './watch-disk.ts';

/** A machine that does several things at once is no failure. */
const LONG = 240_000;
const few: Omit<Play, 'port'> = {
	kills: 3,
	people: 10,
	documents: 2,
	rate: 20,
	seed: 3,
	lives: [900, 1500]
};

it(
	'loses and doubles nothing that 50 people were told is kept, over 20 kills',
	async () => {
		const outcome = await play({
			...{ kills: 20, people: 50, documents: 10, rate: 20, seed: 20, lives: [100, 900] },
			port: await freePort()
		});
		expect(outcome).toMatchObject({ lost: [], doubled: [], returned: [], foreign: [], damage: [] });
		expect(outcome.acknowledged).toBe(outcome.made);
		expect(outcome.made).toBeGreaterThan(1000);
		// Logs were folded between the kills.
		expect(outcome.foldings).toBeGreaterThan(0);
		expect(outcome.starts).toHaveLength(21);
	},
	LONG
);

it(
	'finds out a server that acknowledges before it writes',
	async () => {
		const { lost, damage } = await play({ ...few, fault: 'early', port: await freePort() });
		expect(lost.length + damage.length).toBeGreaterThan(0);
		expect(lost.length).toBeGreaterThan(0);
	},
	LONG
);

it(
	'finds out a server that writes an edit twice',
	async () => {
		const { doubled, lost } = await play({ ...few, fault: 'double', port: await freePort() });
		expect(doubled.length).toBeGreaterThan(0);
		expect(lost).toEqual([]);
	},
	LONG
);

it('holds what was acknowledged against what is there', () => {
	const ledger = new Ledger();
	const took = (made: readonly ({ put: string } | { drop: string[] })[], acknowledged: number) =>
		ledger.take(0, { writers: [{ made, acknowledged }], delays: [] });
	took([{ put: '<0.1>' }, { put: '<0.2>' }, { put: '<0.3>' }], 2);
	const right = { lost: [], doubled: [], returned: [], foreign: [] };
	expect(ledger.judge(['<0.1>', '<0.2>'])).toEqual(right);
	expect(ledger.judge(['<0.3><0.1>', '<0.2>'])).toEqual(right);
	expect(ledger.judge(['<0.2><0.3>'])).toEqual({ ...right, lost: ['<0.1>'] });
	expect(ledger.judge(['<0.2><0.1>', '<0.2>'])).toEqual({ ...right, doubled: ['<0.2>'] });
	expect(ledger.judge(['<0.2><0.1><7.7>'])).toEqual({ ...right, foreign: ['<7.7>'] });
	took([{ drop: ['<0.1>'] }], 3);
	// Asked for, and not answered: there or not.
	expect(ledger.judge(['<0.2><0.3>'])).toEqual(right);
	expect(ledger.judge(['<0.1><0.2><0.3>'])).toEqual(right);
	took([], 4);
	expect(ledger.judge(['<0.1><0.2><0.3>'])).toEqual({ ...right, returned: ['<0.1>'] });
	expect([ledger.acknowledged, ledger.made]).toEqual([4, 4]);
});

/** As strace writes it, with `-xx`. */
const hex = (text: string): string =>
	[...Buffer.from(text, 'latin1')].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
const socket = '25<TCP:[127.0.0.1:1->127.0.0.1:2]>';
const log = `22<${hex('/x/carnet.sqlite-wal')}>`;
const edit = `9 read(${socket}, "${hex('...')}", 65536) = 3`;
const write = `9 pwrite64(${log}, "${hex('...')}", 24, 0) = 24`;
const sync = `9 fdatasync(${log}) = 0`;
const answer = `9 write(${socket}, "${hex(`..${'a1'.repeat(13)}\x08\x01`)}", 60) = 60`;

it('takes an acknowledgement for founded if the log was written and synced since its edit came', () => {
	const greeting = [edit, answer];
	const unfounded = (...lines: string[]) => read([...greeting, ...lines]).unfounded;
	expect(read([...greeting, edit, write, sync, answer])).toEqual({
		acknowledgements: 1,
		unfounded: 0,
		writes: 1,
		syncs: 1
	});
	expect(unfounded(edit, answer, write, sync)).toBe(1);
	expect(unfounded(edit, write, answer, sync)).toBe(1);
	expect(unfounded(write, sync, edit, answer)).toBe(1);
	expect(unfounded(edit, sync, answer)).toBe(1);
	expect(unfounded(edit, write, `${sync.replace(' = 0', ' <unfinished ...>')}`, answer)).toBe(1);
	expect(
		unfounded(
			edit,
			write,
			sync.replace(') = 0', ' <unfinished ...>'),
			'9 <... fdatasync resumed>) = 0',
			answer
		)
	).toBe(0);
	expect(unfounded(edit, write, sync.replace('= 0', '= -1 EIO'), answer)).toBe(1);
});
