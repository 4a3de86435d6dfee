/** Many pages in a process of their own: they open, type at a pace, and tell what they saw. */
import { clock, Page, type PageAddress } from './page.ts';
import { readNotebook } from '../../../src/lib/collab/document.ts';

export type PagesAsk =
	| { readonly open: readonly PageAddress[] }
	/** Every page of a kind types so many times a second, for so many seconds. */
	| { readonly type: PageAddress['kind']; readonly rate: number; readonly seconds: number }
	/** Every page of a kind scrolls to another cell so many times a second. */
	| { readonly look: PageAddress['kind']; readonly rate: number; readonly seconds: number }
	| { readonly read: PageAddress['kind'] }
	| 'close';

export interface PagesSaw {
	/** Milliseconds, of the edits seen since the last reading. */
	readonly seen: readonly number[];
	readonly acknowledged: readonly number[];
	readonly dropped: number;
	readonly edits: number;
	/** By document: what each page holds. */
	readonly documents: readonly (readonly [document: string, value: string])[];
	/** By document: where each page believes that all are, how many it knows of. */
	readonly places: readonly (readonly [document: string, value: string, known: number])[];
}

let pages: { page: Page; address: PageAddress }[] = [];
const of = (kind: PageAddress['kind']) => pages.filter(({ address }) => address.kind === kind);

process.on('message', (ask: PagesAsk) => void answer(ask));
process.on('disconnect', () => process.exit(1));

async function answer(ask: PagesAsk): Promise<void> {
	if (ask === 'close') {
		for (const { page } of pages) page.close();
		pages = [];
		process.send?.('closed');
	} else if ('open' in ask) {
		// A few at a time, as people come.
		for (let i = 0; i < ask.open.length; i += 20) {
			const opened = ask.open.slice(i, i + 20).map((address) => {
				const page = new Page(address);
				pages.push({ page, address });
				return page;
			});
			await Promise.all(opened.map(({ synced }) => synced));
			for (const page of opened) page.watch();
		}
		process.send?.('opened');
	} else if ('type' in ask) {
		await inTurn(of(ask.type), ask.rate, ask.seconds, (page, n) => page.type(n));
		process.send?.('typed');
	} else if ('look' in ask) {
		await inTurn(of(ask.look), ask.rate, ask.seconds, (page, n) => page.look(n));
		process.send?.('looked');
	} else {
		const all = of(ask.read);
		const saw: PagesSaw = {
			seen: all.flatMap(({ page }) => page.seen.splice(0)),
			acknowledged: all.flatMap(({ page }) => page.acknowledged.splice(0)),
			dropped: all.filter(({ page }) => page.dropped).length,
			edits: all.reduce((sum, { page }) => sum + page.edits, 0),
			documents: all.map(({ page, address }) => [
				address.document,
				JSON.stringify(readNotebook(page.doc))
			]),
			places: all.map(({ page, address }) => [
				address.document,
				JSON.stringify([...page.places].sort(([a], [b]) => a - b)),
				page.places.size
			])
		};
		process.send?.(saw);
	}
}

/** Acts evenly apart, the pages' one after the other: nobody acts in step with the others. */
async function inTurn(
	acting: readonly { readonly page: Page }[],
	rate: number,
	seconds: number,
	act: (page: Page, n: number) => void
): Promise<void> {
	const every = 1000 / (rate * acting.length);
	const count = Math.round((seconds * 1000) / every);
	const start = clock();
	for (let done = 0; done < count;) {
		const due = Math.min(count, Math.ceil((clock() - start) / every));
		for (; done < due; done++) {
			const next = acting[done % acting.length];
			if (next) act(next.page, done);
		}
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
}
