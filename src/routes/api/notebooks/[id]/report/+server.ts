import { InvalidError } from '$lib/core/errors';
import { REPORT_LIMITS } from '$lib/core/report/report';
import { answeringJson, requireActor } from '$lib/server/request';
import { publishReport, reviewPublication } from '$lib/server/reports/publish';
import type { RequestHandler } from './$types';

/**
 * `{ review, reportId, slug, ran, content, leftOut, explorable }` → `{ refusals, published, explore }`. With `review`,
 * nothing is kept.
 */
export const POST: RequestHandler = ({ locals, params, request }) =>
	answeringJson(async () => {
		const actor = requireActor(locals);
		const text = await request.text();
		if (text.length > 2 * REPORT_LIMITS.jsonChars) throw new InvalidError('report_too_large');
		const { review, reportId, slug, ran, content, leftOut, explorable } = bodyOf(text);
		if (JSON.stringify(content ?? null).length > REPORT_LIMITS.jsonChars)
			throw new InvalidError('report_too_large');
		const textOrNull = (value: unknown): string | null =>
			typeof value === 'string' ? value : null;
		const asked = {
			...{ reportId: textOrNull(reportId), slug: textOrNull(slug) },
			...{ ran, content, leftOut, explorable: explorable === true }
		};
		return review === true
			? { ...reviewPublication(locals.app, actor, params.id, asked), published: null }
			: publishReport(locals.app, actor, params.id, asked);
	});

function bodyOf(text: string): Record<string, unknown> {
	try {
		const body: unknown = JSON.parse(text);
		if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
	} catch {
		// Answered below, like any other body that is no object.
	}
	throw new InvalidError('report_malformed', { where: '/' });
}
