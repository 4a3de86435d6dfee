ALTER TABLE `report_versions` ADD `withdrawn_reason` text;--> statement-breakpoint
UPDATE `report_versions` SET `withdrawn_reason` = (SELECT `withdrawn_reason` FROM `reports` WHERE `reports`.`id` = `report_versions`.`report_id`) WHERE `withdrawn_at` IS NOT NULL;--> statement-breakpoint
ALTER TABLE `reports` DROP COLUMN `withdrawn_reason`;