import '../../threats/access-token.test.ts';
