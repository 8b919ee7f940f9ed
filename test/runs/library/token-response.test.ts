import '../../threats/token-response.test.ts';
