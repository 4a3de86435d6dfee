/**
 * Withdrawing a report: every version that stands today says so from now on, with the reason. Its owner may publish
 * again; not after an administrator withdrew it, until one lifts that.
 */
import { and, eq, isNull } from 'drizzle-orm';
import { InvalidError } from '../../core/errors.ts';
import { REPORT_LIMITS } from '../../core/report/report.ts';
import { requireOnReport } from '../access/report.ts';
import type { Actor, App } from '../app.ts';
import { IMMEDIATE } from '../db/database.ts';
import { reports, reportVersions } from '../db/schema.ts';

/** @throws InvalidError `report_reason_required`, `too_long` */
export function withdrawReport(app: App, actor: Actor, reportId: string, reason: string): void {
	const roles = requireOnReport(app, actor, reportId, 'report.withdraw');
	const withdrawnReason = reason.trim();
	if (!withdrawnReason) throw new InvalidError('report_reason_required', {}, 'reason');
	if (withdrawnReason.length > REPORT_LIMITS.reasonChars)
		throw new InvalidError('too_long', { max: REPORT_LIMITS.reasonChars }, 'reason');
	const withdrawnAt = app.now();
	const withdrawnByAdministrator = !roles.has('owner');
	app.db.transaction((tx) => {
		// What an administrator said stays said.
		const open = withdrawnByAdministrator ? undefined : eq(reports.withdrawnByAdministrator, false);
		tx.update(reports)
			.set({ withdrawnAt, withdrawnByAdministrator })
			.where(and(eq(reports.id, reportId), open))
			.run();
		tx.update(reportVersions)
			.set({ withdrawnAt, withdrawnReason })
			.where(and(eq(reportVersions.reportId, reportId), isNull(reportVersions.withdrawnAt)))
			.run();
	}, IMMEDIATE);
}

/** Lets the owner of a report that an administrator withdrew publish it again; what was withdrawn stays so. */
export function liftWithdrawal(app: App, actor: Actor, reportId: string): void {
	requireOnReport(app, actor, reportId, 'report.lift');
	app.db
		.update(reports)
		.set({ withdrawnByAdministrator: false })
		.where(eq(reports.id, reportId))
		.run();
}
