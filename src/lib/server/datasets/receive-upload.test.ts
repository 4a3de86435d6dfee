/** Who may send a table is asked before it is read, and few are read at once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testApp, testPerson, type TestApp } from '../../../../tests/support/app.ts';
import { AppError, ForbiddenError, statusOf } from '../../core/errors.ts';
import { UPLOAD_MEDIA_TYPE } from '../../core/protocol/import.ts';
import type { Actor } from '../app.ts';
import { receiveUpload } from './receive-upload.ts';
import { UploadsInFlight } from './uploads-in-flight.ts';

let t: TestApp;
let sophie: Actor;
beforeEach(() => {
	t = testApp();
	sophie = testPerson(t.app, 'Sophie');
});
afterEach(() => t.close());

/** A body whose parts come when they are asked for, or sent by hand. */
function body(parts: readonly Uint8Array<ArrayBuffer>[] = []) {
	let pulled = 0;
	let end = (): void => undefined;
	const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
		{
			start(controller) {
				end = () => controller.close();
			},
			pull(controller) {
				const part = parts[pulled++];
				if (part) controller.enqueue(part);
			}
		},
		{ highWaterMark: 0 }
	);
	const request = new Request('http://127.0.0.1/api/datasets', {
		method: 'POST',
		body: stream,
		headers: { 'content-type': UPLOAD_MEDIA_TYPE },
		duplex: 'half'
	} as RequestInit);
	return { request, end: () => end(), pulled: () => pulled };
}
const description = (json: string): Uint8Array<ArrayBuffer> => {
	const text = new TextEncoder().encode(json);
	return Uint8Array.from([text.length, 0, 0, 0, ...text]);
};
const codeOf = (work: Promise<unknown>): Promise<string> =>
	work.then(
		() => 'done',
		(error: unknown) => (error instanceof AppError ? error.code : String(error))
	);
const refuse = (): never => {
	throw new ForbiddenError('steward_required');
};

it('the address alone is enough to refuse: nothing was read by then', async () => {
	const { request, pulled } = body([description('{}')]);
	let read = -1;
	const address = (): never => {
		read = pulled();
		return refuse();
	};
	const take = () => Promise.resolve('taken');
	expect(await codeOf(receiveUpload(t.app, sophie, request, { address, take }))).toBe(
		'steward_required'
	);
	expect(read).toBe(0);
});

it('the description is: the table was not read by then, and what comes is let go of', async () => {
	const rest = Array.from({ length: 20 }, () => new Uint8Array(1000));
	const { request, pulled, end } = body([description('{"organisationId":"a"}'), ...rest]);
	let read = -1;
	const work = receiveUpload(t.app, sophie, request, {
		description: (sent) => {
			read = pulled();
			expect(sent).toEqual({ organisationId: 'a' });
			refuse();
		},
		take: () => Promise.resolve('taken')
	});
	expect(await codeOf(work)).toBe('steward_required');
	expect(read).toBe(1);
	while (pulled() <= rest.length + 1) await new Promise((next) => setImmediate(next));
	end();
});

it('a third upload of a person waits for one to end; another person’s does not', async () => {
	const marc = testPerson(t.app, 'Marc');
	const send = (actor: Actor, sent = body([description('{}')])) => {
		const work = codeOf(
			receiveUpload(t.app, actor, sent.request, { take: () => Promise.resolve('taken') })
		);
		return { ...sent, work };
	};
	const first = send(sophie);
	const second = send(sophie);
	expect(await send(sophie).work).toBe('uploads_in_flight');
	const other = send(marc);
	first.end();
	expect(await first.work).toBe('done');
	const again = send(sophie);
	while (again.pulled() < 2) await new Promise((next) => setImmediate(next));
	for (const sent of [second, again, other]) sent.end();
	expect(await Promise.all([second.work, again.work, other.work])).toEqual([
		'done',
		'done',
		'done'
	]);
});

it('one that is refused gives its place back', async () => {
	for (let i = 0; i < 5; i++)
		expect(
			await codeOf(
				receiveUpload(t.app, sophie, body([description('[]')]).request, {
					take: () => Promise.resolve('taken')
				})
			)
		).toBe('upload_malformed');
});

it('all of them together hold no more than the limit', () => {
	const uploads = new UploadsInFlight(2, 100);
	const codeOfHold = (work: () => void): unknown => {
		try {
			work();
			return 'done';
		} catch (error) {
			return [(error as AppError).code, statusOf(error).http];
		}
	};
	const [a, b] = [uploads.enter('a'), uploads.enter('b')];
	a.hold(60);
	b.hold(40);
	expect(codeOfHold(() => b.hold(41))).toEqual(['uploads_full', 429]);
	a.hold(20);
	b.hold(80);
	b.leave();
	b.leave();
	a.hold(100);
	a.leave();
	uploads.enter('c').hold(100);
	expect(codeOfHold(() => uploads.enter('c'))).toBe('done');
	expect(codeOfHold(() => uploads.enter('c'))).toEqual(['uploads_in_flight', 429]);
});
