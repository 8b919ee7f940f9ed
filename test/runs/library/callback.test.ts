import '../../threats/callback.test.ts';
