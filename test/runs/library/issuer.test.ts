import '../../threats/issuer.test.ts';
