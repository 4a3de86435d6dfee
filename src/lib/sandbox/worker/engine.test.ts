import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestHost } from './test-host.ts';

let host: TestHost;
beforeEach(() => {
	host = new TestHost();
});
afterEach(() => host.close());

describe('running cells', () => {
	it('shows expressions, and passes names whatever the order of the page', async () => {
		await host.cells({ c: 'a + b', b: 'const b = a * 2', a: 'const a = 20, z = 1' });
		expect(host.shown('c')).toEqual(['60']);
		expect(host.shown('a')).toEqual([]);
		expect(host.states.get('c')).toMatchObject({ state: 'done', error: null, blockedBy: null });
		expect(host.states.get('c')?.ms).toBeGreaterThanOrEqual(0);
	});

	it('says running before each cell, and outputs before done', async () => {
		await host.cells({ a: 'const a = 1', b: 'a + 1' });
		const order = host.heard.flatMap((m) =>
			m.type === 'running' || m.type === 'outputs'
				? [`${m.type} ${m.cell}`]
				: m.type === 'states'
					? m.states.filter((s) => s.state === 'done').map((s) => `done ${s.id}`)
					: m.type === 'graph'
						? ['graph']
						: []
		);
		expect(order).toEqual(['graph', 'running a', 'running b', 'outputs b', 'done a', 'done b']);
	});

	it('says the columns of tables also where the last of the cells fails', async () => {
		const notebook = {
			a: 'const a = aq.table({ville: ["Alma"], prix: [1]})',
			// So long that what is done is told before the next runs.
			b: 'const b = a.select("ville"); { const t = performance.now(); while (performance.now() - t < 100); }',
			c: 'b.filter((d) => d.prix > 0)'
		};
		const columns = (id: string) => host.facts.find((cell) => cell.id === id)?.columns;
		await host.cells(notebook);
		expect(host.states.get('c')?.state).toBe('error');
		expect(columns('a')).toEqual({ a: ['ville', 'prix'] });
		expect(columns('b')).toEqual({ b: ['ville'] });
	});

	it('runs only what a change reaches', async () => {
		const notebook = { a: 'const a = 1', b: 'const b = a', c: 'b + 1', d: 'const d = 5', e: 'd' };
		await host.cells(notebook);
		await host.cells({ ...notebook, b: 'const b = a + 10' });
		expect(host.shown('c')).toEqual(['12']);
		expect(['a', 'b', 'c', 'd', 'e'].map((id) => host.runs(id))).toEqual([1, 2, 2, 1, 1]);
	});

	it('runs a cell again when asked, with what depends on it', async () => {
		await host.cells({ a: 'const a = {n: 0}', b: 'const b = ++a.n', c: 'b', d: '0' });
		host.send({ type: 'run', cells: ['b'] });
		await host.settled();
		expect(host.shown('c')).toEqual(['2']);
		expect(host.runs('d')).toBe(1);
	});

	it('runs a list of cells, and what depends on them, each once', async () => {
		await host.cells({ a: 'const a = 1', b: 'const b = a', c: 'const c = b', d: 'c', e: '0' }, [
			'd'
		]);
		host.send({ type: 'run', cells: ['a', 'b', 'c', 'd', 'gone'] });
		await host.settled();
		expect(['a', 'b', 'c', 'd', 'e'].map((id) => host.runs(id))).toEqual([2, 2, 2, 1, 1]);
		expect(host.shown('d')).toEqual(['1']);
	});

	it('destructures, declares functions and classes, awaits', async () => {
		await host.cells({
			a: 'const {x, y: [z]} = await Promise.resolve({x: 1, y: [2]});\nfunction f(n) { return n + x; }\nclass A { g() { return z; } }',
			b: 'f(10) + new A().g()'
		});
		expect(host.shown('b')).toEqual(['13']);
	});

	it('awaits promises between cells without being told', async () => {
		await host.cells({
			a: 'const a = new Promise((resolve) => setTimeout(resolve, 5, 7)), fast = 1',
			b: 'a + 1',
			c: 'fast',
			d: 'Promise.resolve("plus tard")'
		});
		expect(host.shown('b')).toEqual(['8']);
		expect(host.shown('d')).toEqual(['plus tard']);
		// `fast` did not wait for `a`.
		const order = host.heard.flatMap((m) => (m.type === 'running' ? [m.cell] : []));
		expect(order.indexOf('c')).toBeLessThan(order.indexOf('b'));
	});

	it('drops a superseded run', async () => {
		const gates = 'const gates = []';
		const gated = (n: number): string =>
			`const a = new Promise((resolve) => gates.push(() => resolve(${n})))`;
		const give = (sources: Record<string, string>): void =>
			host.send({
				type: 'cells',
				cells: Object.entries(sources).map(([id, source]) => ({ id, mode: 'js', source })),
				held: []
			});
		give({ gates, a: gated(1), b: 'display(a)' });
		await host.until(() => host.runs('a') === 1);
		give({ gates, a: gated(2), b: 'display(a)' });
		await host.until(() => host.runs('a') === 2);
		// Both promises come, the superseded one first.
		await host.cells({
			gates,
			a: gated(2),
			b: 'display(a)',
			open: 'for (const open of gates) open(); display(gates.length);'
		});
		expect(host.shown('open')).toEqual(['2']);
		expect(host.shown('b')).toEqual(['2']);
		expect(host.runs('b')).toBe(1);
	});

	it('keeps only the latest display of a run, several in order', async () => {
		await host.cells({ a: 'display(1); display("deux"); const x = display(3);', b: 'x' });
		expect(host.shown('a')).toEqual(['1', 'deux', '3']);
		expect(host.shown('b')).toEqual(['3']);
		await host.cells({ a: 'display(4); const x = 0', b: 'x' });
		expect(host.shown('a')).toEqual(['4']);
	});

	it('resolves invalidation when the cell runs again or goes', async () => {
		await host.cells({
			log: 'const log = []',
			a: 'log.push("début"); invalidation.then(() => log.push("fin"));'
		});
		host.send({ type: 'run', cells: ['a'] });
		await host.settled();
		await host.cells({ log: 'const log = []', z: 'log.join()' });
		expect(host.shown('z')).toEqual(['début,fin,début,fin']);
	});

	it('empties what a cell no longer shows', async () => {
		await host.cells({ a: '1' });
		expect(host.shown('a')).toEqual(['1']);
		await host.cells({ a: 'const x = 1' });
		expect(host.shown('a')).toEqual([]);
	});
});

describe('generators and live values', () => {
	it('takes the latest value, and what uses it follows', async () => {
		await host.cells({
			a: 'function* count() { for (let i = 1; i <= 3; i++) yield i; }\nconst n = count();',
			b: 'n * 10'
		});
		await host.until(() => host.shown('b')[0] === '30');
		expect(host.runs('b')).toBe(3);
		expect(host.runs('a')).toBe(1);
	});

	it('takes async generators, and shows a generator’s values in place', async () => {
		await host.cells({ a: '(async function* () { yield 1; yield 2; })()' });
		await host.until(() => host.shown('a')[0] === '2');
		expect(host.shown('a')).toEqual(['2']);
	});

	it('does not starve messages with an endless generator, and ends it with its cell', async () => {
		await host.cells({
			log: 'const log = []',
			a: 'const n = (function* () { try { for (let i = 0; ; i++) yield i; } finally { log.push("fini"); } })()',
			b: 'n'
		});
		await host.until(() => Number(host.shown('b')[0]) > 5);
		await host.cells({ log: 'const log = []', z: 'log.join()' });
		expect(host.shown('z')).toEqual(['fini']);
	});

	it('follows a Mutable', async () => {
		await host.cells({
			a: 'const n = Mutable(1); const up = () => ++n.value;',
			b: 'n',
			c: 'up(); up();'
		});
		await host.until(() => host.shown('b')[0] === '3');
		expect(host.runs('c')).toBe(1);
	});

	it('follows Generators.observe and disposes of it', async () => {
		await host.cells({
			log: 'const log = []',
			a: 'const x = Generators.observe((notify) => { notify(1); const t = setTimeout(notify, 2, 2); return () => { clearTimeout(t); log.push("fini"); }; })',
			b: 'x'
		});
		await host.until(() => host.shown('b')[0] === '2');
		await host.cells({ log: 'const log = []', z: 'log.join()' });
		expect(host.shown('z')).toEqual(['fini']);
	});

	it('fails when a later value is too large to be shown, and goes on with the rest', async () => {
		host.close();
		host = new TestHost({
			make: () => ({}),
			picture: (value) => {
				if (value === 'énorme') throw { what: 'nodes', limit: 5 };
				return null;
			}
		});
		await host.cells({
			a: 'Generators.observe((notify) => { notify("petit"); setTimeout(() => { notify("énorme"); }, 5); })',
			b: 'const n = Mutable(1); setTimeout(() => (n.value = 2), 5);',
			c: 'n'
		});
		await host.until(() => host.state('a') === 'error' && host.shown('c')[0] === '2');
		expect(host.error('a')).toMatchObject({
			code: 'output_too_large',
			details: { what: 'nodes', limit: 5 }
		});
		expect(host.shown('a')).toEqual([]);
	});

	it('starts Generators.observe when it is followed: a cell that fails before leaves nothing behind', async () => {
		await host.cells({
			log: 'const log = []',
			a: 'const x = Generators.observe(() => { log.push("début"); return () => log.push("fin"); }); throw new Error("non")',
			b: 'const y = Generators.observe((notify) => { log.push("suivi"); notify(1); return () => log.push("fini"); })',
			c: 'y'
		});
		host.send({ type: 'run', cells: ['b'] });
		await host.settled();
		expect(host.shown('c')).toEqual(['1']);
		expect(host.runs('c')).toBe(2);
		await host.cells({ log: 'const log = []', z: 'log.join()' });
		expect(host.shown('z')).toEqual(['suivi,fini,suivi,fini']);
	});

	it('gives now, dark and width', async () => {
		await host.cells({ a: 'now > 1e12', b: 'dark', c: 'width' });
		expect([host.shown('b'), host.shown('c')]).toEqual([['false'], ['640']]);
		expect(host.shown('a')).toEqual(['true']);
		host.send({ type: 'locale', lang: 'en', dark: true });
		await host.until(() => host.shown('b')[0] === 'true');
	});
});

describe('errors', () => {
	it('says where an exception is, in the cell’s own source, and blocks what waits', async () => {
		await host.cells({
			a: 'const x = 1;\n\n  throw new TypeError("non");',
			b: 'const y = x',
			c: 'y',
			d: '1 +\n  null.x'
		});
		expect(host.error('a')).toEqual({
			code: 'exception',
			details: { message: 'TypeError: non' },
			line: 3,
			column: 9,
			related: []
		});
		expect(host.error('d')).toMatchObject({ code: 'exception', line: 2, column: 8 });
		expect(host.states.get('b')).toMatchObject({ state: 'blocked', blockedBy: 'a' });
		expect(host.states.get('c')).toMatchObject({ state: 'blocked', blockedBy: 'a' });
		await host.cells({ a: 'const x = 1', b: 'const y = x', c: 'y', d: '1' });
		expect(host.shown('c')).toEqual(['1']);
	});

	it('says where, across awaits, callbacks and other cells’ functions', async () => {
		await host.cells({
			a: 'const f = () => {\n  throw new Error("dans f");\n}',
			b: '1;\nf();',
			c: 'await null;\nawait null;\n[1].map(() => {\n  throw new Error("ici");\n});',
			d: 'const p = Promise.reject(new Error("promis"))'
		});
		expect(host.error('b')).toMatchObject({ line: 2, details: { message: 'dans f' } });
		expect(host.error('c')).toMatchObject({ line: 4 });
		expect(host.error('d')).toMatchObject({ code: 'exception', line: 1 });
		expect(host.state('a')).toBe('done');
	});

	it('says where in a text cell', async () => {
		await host.cells({
			a: '# Titre\n\n${1} et ${null.x}',
			b: '# ${nom}',
			c: '# ${"é"} et ${[1, 2]}'
		});
		expect(host.error('a')).toMatchObject({ code: 'exception', line: 3, column: 16 });
		expect(host.error('b')).toMatchObject({ code: 'unknown_name', line: 1, column: 5 });
		expect(host.shown('c')).toEqual(['# é et 12']);
	});

	it('takes anything that is thrown', async () => {
		await host.cells({
			a: 'throw "texte"',
			b: 'throw null',
			c: 'throw {toString() { throw 1; }}',
			d: 'throw Object.defineProperty(new Error("x"), "stack", {get() { throw 1; }})'
		});
		expect(host.error('a')?.details).toEqual({ message: 'texte' });
		expect(host.error('b')?.details).toEqual({ message: 'null' });
		expect(host.error('c')?.details).toEqual({ message: '' });
		expect(host.error('d')?.code).toBe('exception');
	});

	it('limits the outputs of one cell', async () => {
		await host.cells({ a: 'for (let i = 0; i < 60; i++) display(i);' });
		expect(host.error('a')).toMatchObject({
			code: 'output_too_large',
			details: { what: 'outputs', limit: 50 }
		});
	});

	it('blocks what used a generator that fails later', async () => {
		await host.cells({
			a: 'const n = (function* () { yield 1; throw new Error("fin"); })()',
			b: 'n'
		});
		await host.until(() => host.state('a') === 'error');
		await host.settled();
		expect(host.states.get('b')).toMatchObject({ state: 'blocked', blockedBy: 'a' });
	});

	it('leaves held cells alone until they are run', async () => {
		const notebook = { a: 'const a = 1', b: 'const b = a', c: 'b', d: 'a' };
		await host.cells(notebook, ['b']);
		expect(host.runs('b')).toBe(0);
		expect(host.states.get('c')).toMatchObject({ state: 'blocked', blockedBy: 'b' });
		expect(host.shown('d')).toEqual(['1']);
		host.send({ type: 'run', cells: ['b'] });
		await host.settled();
		expect(host.shown('c')).toEqual(['1']);
		expect(host.state('b')).toBe('done');
	});
});
