import '../../threats/changed-settings.test.ts';
