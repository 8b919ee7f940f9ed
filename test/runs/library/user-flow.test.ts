import '../../threats/user-flow.test.ts';
