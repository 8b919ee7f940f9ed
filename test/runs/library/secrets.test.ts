import '../../threats/secrets.test.ts';
