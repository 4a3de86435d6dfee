ALTER TABLE `notebooks` ADD `purge_at` integer;--> statement-breakpoint
ALTER TABLE `notebooks` ADD `purged_at` integer;--> statement-breakpoint
ALTER TABLE `notebooks` ADD `frozen_number` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `notebooks_parent_version` ON `notebooks` (`parent_version_id`);--> statement-breakpoint
ALTER TABLE `threads` ADD `excerpt_checked` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `notebook_versions_maker` ON `notebook_versions` (`created_by`);--> statement-breakpoint
CREATE INDEX `report_versions_frozen` ON `report_versions` (`notebook_version_id`);--> statement-breakpoint
UPDATE `notebooks` SET `frozen_number` = coalesce((SELECT max(`number`) FROM `notebook_versions` WHERE `notebook_id` = `notebooks`.`id`), 0);
