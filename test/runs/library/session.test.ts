import '../../threats/session.test.ts';
