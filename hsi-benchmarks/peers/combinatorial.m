% The work of the comparison with Octave.
%
%     octave-cli combinatorial.m FOLDER OUT BANDS ENDMEMBERS TASK...
%
% FOLDER holds scene.img (float32, pixel after pixel) and endmembers.f64; OUT gets one TASK.f64 for each task, and times.txt
% with the task, its pixels and the seconds of each run. NNLS is the combinatorial active set of van Benthem and Keenan
% (J. Chemometrics 18, 2004), written from the paper's description: the pixels that share a passive set are solved
% together. FCLS is the same with one more, heavy row that asks for a sum of one.
1;

function numbers = load_numbers(file, type)
  handle = fopen(file, "r", "ieee-le");
  numbers = fread(handle, Inf, [type "=>double"]);
  fclose(handle);
end

% Solves the columns whose passive sets are those of P, all that share one at a time.
function K = solve_sets(gram, products, P)
  K = zeros(size(P));
  [~, first, group] = unique(P', "rows");
  for g = 1:numel(first)
    on = P(:, first(g));
    columns = group == g;
    K(on, columns) = gram(on, on) \ products(on, columns);
  end
end

function K = nonnegative(E, Y)
  gram = E' * E;
  products = E' * Y;
  K = gram \ products;
  P = K > 0;
  K(!P) = 0;
  D = K;
  F = find(any(!P, 1));
  rounds = 0;
  while !isempty(F) && rounds < 100
    rounds += 1;
    K(:, F) = solve_sets(gram, products(:, F), P(:, F));
    H = F(any(K(:, F) < 0, 1));
    while !isempty(H)
      D_H = D(:, H);
      K_H = K(:, H);
      ratios = D_H ./ (D_H - K_H);
      ratios(!(K_H < 0 & P(:, H))) = Inf;
      [alpha, leaving] = min(ratios, [], 1);
      D_H += alpha .* (K_H - D_H);
      at = sub2ind(size(K), leaving, H);
      D(:, H) = D_H;
      D(at) = 0;
      P(at) = false;
      K(:, H) = solve_sets(gram, products(:, H), P(:, H));
      H = H(any(K(:, H) < 0, 1));
    end
    W = products(:, F) - gram * K(:, F);
    W(P(:, F)) = -Inf;
    % rounding leaves gradients of about this size
    scale = 1e-12 * max(abs(products(:)));
    open = any(W > scale, 1);
    [~, entering] = max(W, [], 1);
    F = F(open);
    P(sub2ind(size(P), entering(open), F)) = true;
    D(:, F) = K(:, F);
  end
end

arguments = argv();
folder = arguments{1};
out = arguments{2};
bands = str2double(arguments{3});
count = str2double(arguments{4});
delta = 1e3;
runs = 3;
Y = reshape(load_numbers(fullfile(folder, "scene.img"), "single"), bands, []);
E = reshape(load_numbers(fullfile(folder, "endmembers.f64"), "double"), bands, count);
times = fopen(fullfile(out, "times.txt"), "w");
fprintf(times, "version Octave %s\n", version());
for t = 5:numel(arguments)
  task = arguments{t};
  seconds = zeros(1, 1 + runs);
  for run = 1:1 + runs
    tic;
    switch task
      case "covariance"
        Z = Y - mean(Y, 2);
        answer = Z * Z' / (columns(Y) - 1);
      case "ucls"
        answer = E \ Y;
      case "nnls"
        answer = nonnegative(E, Y);
      case "fcls"
        answer = nonnegative([E; repmat(delta, 1, count)], [Y; repmat(delta, 1, columns(Y))]);
    end
    seconds(run) = toc;
  end
  handle = fopen(fullfile(out, [task ".f64"]), "w", "ieee-le");
  fwrite(handle, answer, "double");
  fclose(handle);
  fprintf(times, "time %s %d", task, columns(Y));
  fprintf(times, " %.9g", seconds(2:end));
  fprintf(times, "\n");
end
fclose(times);
