import '../../threats/id-token.test.ts';
