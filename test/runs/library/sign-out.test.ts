import '../../threats/sign-out.test.ts';
